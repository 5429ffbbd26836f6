import type { Authorized } from './authorize-update.ts';
import type { BytesSet } from './bytes-set.ts';
import { tellUpdate } from './room-frames.ts';
import type { EditAnswer, RoomPeer } from './room-peer.ts';
import type { AppendResult, NewUpdate, UpdateBatch } from './update-log.ts';

/** What is stored in one transaction and then told in one write a connection: the edits that came while the last was stored. */
export class Commit {
  updates: NewUpdate[] = [];
  bytes = 0;
  /** Since when it is being stored, or was the last time. */
  storingSinceMs = 0;
  private frames: Uint8Array[] = [];
  private authors: (RoomPeer | undefined)[] = [];
  private readonly adopted = new Set<NewUpdate>();
  private readonly answers = new Map<RoomPeer, EditAnswer[]>();
  private id: string;

  constructor(id: string) {
    this.id = id;
  }

  add(update: NewUpdate, peer: RoomPeer, n: number | undefined): void {
    this.updates.push(update);
    this.bytes += update.bytes.length;
    this.tell(update.bytes, peer);
    this.noteStored(peer, n);
  }

  /** Another instance passed it on unsaved, and has told the others. */
  adopt(update: NewUpdate): void {
    this.updates.push(update);
    this.adopted.add(update);
    this.bytes += update.bytes.length;
    this.tell(update.bytes);
  }

  /**
   * Takes what another one holds, which comes after it and was told, too. It is another batch then: whether a part of it was
   * stored without an answer, the log says.
   */
  absorb(later: Commit): void {
    this.updates.push(...later.updates);
    for (const update of later.adopted) this.adopted.add(update);
    this.bytes += later.bytes;
    for (const [peer, answers] of later.answers) for (const answer of answers) this.answer(peer, answer);
    this.id = later.id;
  }

  /** Somebody else has stored these. */
  strike(stored: BytesSet): void {
    this.updates = this.updates.filter((update) => !stored.has(update.bytes));
  }

  isAdopted(update: NewUpdate): boolean {
    return this.adopted.has(update);
  }

  /** To be told with this commit, though it is not stored with it. Its author already has it. */
  tell(bytes: Uint8Array, author?: RoomPeer): void {
    this.frames.push(tellUpdate(bytes));
    this.authors.push(author);
  }

  /** An edit that is stored once this commit is; plain clients are not answered. */
  noteStored(peer: RoomPeer, n: number | undefined): void {
    if (n !== undefined) this.answer(peer, { type: 'saved', n });
  }

  /** To be answered once everything up to here is stored. */
  answer(peer: RoomPeer, answer: EditAnswer): void {
    const answers = this.answers.get(peer);
    if (answers === undefined) this.answers.set(peer, [answer]);
    else answers.push(answer);
  }

  /** Everything so far was told. */
  forgetFrames(): void {
    this.frames = [];
    this.authors = [];
  }

  /** Neither to be stored nor to be answered. */
  isEmpty(): boolean {
    return this.updates.length === 0 && this.answers.size === 0;
  }

  batch(atMs: number): UpdateBatch {
    this.storingSinceMs = atMs;
    return { id: this.id, atMs, updates: this.updates };
  }

  /** Hands everybody what is not their own. */
  broadcast(peers: Iterable<RoomPeer>): void {
    if (this.frames.length === 0) return;
    const joined = Buffer.concat(this.frames);
    const authors = new Set(this.authors);
    for (const peer of peers) {
      const frames = authors.has(peer) ? this.framesOfOthers(joined, peer) : [joined];
      if (frames.length > 0) peer.send(frames);
    }
  }

  answerAll(): void {
    for (const [peer, answers] of this.answers) peer.answered(answers);
  }

  private framesOfOthers(joined: Uint8Array, peer: RoomPeer): readonly Uint8Array[] {
    const parts: Uint8Array[] = [];
    let from = 0;
    let to = 0;
    this.frames.forEach((frame, i) => {
      if (this.authors[i] === peer) {
        if (to > from) parts.push(joined.subarray(from, to));
        from = to + frame.length;
      }
      to += frame.length;
    });
    if (to > from) parts.push(joined.subarray(from, to));
    return parts;
  }
}

/** Whether the log refused any of it as somebody else's. */
export const hasForged = ({ appended }: AppendResult): boolean => appended.some((one) => 'ownedBy' in one);

/** Whose edits an update holds, by what the room knows of the owners of Yjs client ids. */
export function judgeAuthor(
  { newClocks }: Authorized,
  peer: RoomPeer,
  ownerOf: (client: number) => string | undefined,
): Pick<NewUpdate, 'claims' | 'carried'> | 'forged' {
  const clients = [...newClocks.keys()];
  const owners = clients.map(ownerOf);
  const foreign = owners.some((owner) => owner !== undefined && owner !== peer.actor);
  if (foreign && !peer.mayCarry()) return 'forged';
  const unclaimed = clients.filter((_, i) => owners[i] === undefined);
  // Several new ids at once are a document that is brought back, not the work of one program: nobody can tell whose they are.
  if (unclaimed.length > 1 && !peer.mayCarry()) return 'forged';
  if (foreign || unclaimed.length > 1) return { claims: [], carried: true };
  return { claims: unclaimed, carried: false };
}
