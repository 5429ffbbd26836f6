import { judgeAuthor, type Commit } from './commit.ts';
import type { PeerNotes } from './peer-notes.ts';
import { newOfPaused, STREAM_LINKS } from './paused-platforms.ts';
import { readUpdate } from './read-update.ts';
import { isNews, type RoomDocument } from './room-document.ts';
import type { Looked, RoomEntry, RoomParts } from './room-parts.ts';
import { isPassing, type EditRefusal, type RoomPeer, type SentEdit } from './room-peer.ts';

type JudgeParts = Pick<RoomParts, 'limits' | 'pauseOf' | 'pausedPlatforms' | 'watch'>;

/** Decides about each edit of a room, and applies in memory what may be applied. */
export class RoomJudge {
  private readonly document: RoomDocument;
  private readonly parts: JudgeParts;
  private readonly hasRoomFor: (bytes: number) => boolean;

  /** @param hasRoomFor whether so much more could wait for a log that is away */
  constructor(document: RoomDocument, parts: JudgeParts, hasRoomFor: (bytes: number) => boolean) {
    this.document = document;
    this.parts = parts;
    this.hasRoomFor = hasRoomFor;
  }

  /**
   * What is accepted is part of the commit from here on; what is refused is answered in its turn with it.
   * @param looked whether the log was looked into in this turn
   * @returns `unsure`: it builds on something unknown here, and is to be judged again once the log was looked into
   */
  judge(
    { peer, edit, notes, round }: RoomEntry & { type: 'edit' },
    looked: Looked | undefined,
    commit: Commit,
  ): 'judged' | 'unsure' {
    if (round !== notes.round) return 'judged';
    const refusal = this.accept(peer, edit, commit);
    if (refusal === undefined) return 'judged';
    const clients = clientsOf(edit.bytes);
    const follows = refusal.reason === 'missing-dependency' && notes.refusedBefore(clients);
    const isUnknown = !follows && buildsOnUnknown(refusal);
    if (isUnknown && looked === undefined) return 'unsure';
    const said: EditRefusal = isUnknown && looked === 'not-now' ? { reason: 'hold-on' } : refusal;
    this.refuse(peer, notes, edit.n, follows ? { reason: 'follows-refused' } : said, commit);
    if (!isPassing(said)) notes.noteRefused(clients);
    return 'judged';
  }

  /** There was no room for an edit when it came. */
  overflow({ peer, n, notes, round }: RoomEntry & { type: 'overflow' }, commit: Commit): void {
    if (round === notes.round) this.refuse(peer, notes, n, { reason: 'hold-on' }, commit);
  }

  private refuse(
    peer: RoomPeer,
    notes: PeerNotes,
    n: number | undefined,
    refusal: EditRefusal,
    commit: Commit,
  ): void {
    this.parts.watch.refused(refusal.reason);
    if (n === undefined) peer.refused(refusal);
    else if (isPassing(refusal)) {
      notes.hold(n);
      peer.held(n, refusal.reason);
    } else commit.answer(peer, { type: 'refused', n, refusal });
  }

  private accept(peer: RoomPeer, { bytes, n, carried }: SentEdit, commit: Commit): EditRefusal | undefined {
    const { limits, pauseOf, pausedPlatforms } = this.parts;
    const pause = pauseOf?.(peer.actor);
    if (pause !== undefined) return { reason: pause };
    const paused = peer.choosesPlatforms === true ? undefined : pausedPlatforms?.();
    const checked = this.document.authorize(bytes, {
      ...{ writable: peer.writable(), maxUpdateBytes: limits.maxUpdateBytes },
      watched: paused === undefined || paused.size === 0 ? undefined : STREAM_LINKS,
    });
    if (!checked.ok) return checked.error;
    if (!isNews(checked.value)) {
      commit.noteStored(peer, n);
      return undefined;
    }
    if (carried && !peer.mayCarry()) return { reason: 'forged-author' };
    const author = carried
      ? { claims: [], carried }
      : judgeAuthor(checked.value, peer, (client) => this.document.owners.get(client));
    if (author === 'forged') return { reason: 'forged-author' };
    const platform =
      author.carried || paused === undefined
        ? undefined
        : newOfPaused(this.document.doc, checked.value.written, paused);
    if (platform !== undefined) return { reason: 'platform-switched-off', platform };
    if (!this.hasRoomFor(commit.bytes + bytes.length)) return { reason: 'hold-on' };
    if (this.document.sizeBytes() + bytes.length > limits.maxDocumentBytes)
      return { reason: 'document-full' };
    this.document.apply(bytes);
    if (!author.carried) this.document.noteOwners(checked.value, peer.actor);
    commit.add({ bytes, actor: peer.actor, ...author }, peer, n);
    return undefined;
  }
}

/** What is built upon, or deleted, is not here; it may be in the log. */
const buildsOnUnknown = ({ reason }: EditRefusal): boolean =>
  reason === 'missing-dependency' || reason === 'future-deletion';

function clientsOf(bytes: Uint8Array): readonly number[] {
  const read = readUpdate(bytes);
  return read.ok ? [...read.value.structs.keys()] : [];
}
