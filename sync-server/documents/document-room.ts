import { Commit, hasForged, judgeAuthor } from './commit.ts';
import type { ToldUpdate } from './fan-out.ts';
import { readUpdate } from './read-update.ts';
import type { RoomDocument } from './room-document.ts';
import { askForMissing } from './room-frames.ts';
import type { RoomEntry, RoomParts, StoredNews } from './room-parts.ts';
import type { EditRefusal, EditTag, RoomPeer } from './room-peer.ts';
import { UnsavedCommits } from './unsaved-commits.ts';
import { LogUnavailable, type AppendResult } from './update-log.ts';

/** How many Yjs client ids a connection's refused edits are remembered under. */
const MAX_REFUSED_CLIENTS = 1_000;

type PeerNotes = { asked: boolean; readonly refusedClients: Set<number> };

/**
 * One open document. What its connections send waits in `inbox`; a turn takes what is there:
 *
 *     joins are answered ─▶ edits are judged and applied in memory ─▶ stored, in one transaction ─▶ told to the others ─▶ "saved"
 *                                                                      └─ the log is away: told, kept, stored when it is back
 *
 * So nobody ever sees what is not stored, as long as the log answers.
 */
export class DocumentRoom {
  private readonly peers = new Map<RoomPeer, PeerNotes>();
  private inbox: RoomEntry[] = [];
  private inboxBytes = 0;
  private activity: 'idle' | 'scheduled' | 'turning' | 'lost' = 'idle';
  private readonly unsaved: UnsavedCommits;
  private readonly wakers: (() => void)[] = [];
  private readonly parts: RoomParts;
  private readonly document: RoomDocument;

  constructor(document: RoomDocument, parts: RoomParts) {
    this.document = document;
    this.parts = parts;
    this.unsaved = new UnsavedCommits(parts.timers, {
      store: async (commit) => this.storeLate(commit),
      onEmpty: () => this.wake(),
    });
  }

  join(peer: RoomPeer): void {
    this.peers.set(peer, { asked: false, refusedClients: new Set() });
  }

  leave(peer: RoomPeer): void {
    this.peers.delete(peer);
  }

  members(): Iterable<RoomPeer> {
    return this.peers.keys();
  }

  isEmpty(): boolean {
    return this.peers.size === 0 && this.isQuiet();
  }

  /** A client says what it has and wants the rest. */
  question(peer: RoomPeer, stateVector: Uint8Array): void {
    this.put({ type: 'question', peer, stateVector });
  }

  edit(peer: RoomPeer, bytes: Uint8Array, tag: EditTag): void {
    if (this.inboxBytes + bytes.length > this.parts.limits.maxWaitingBytes) {
      peer.taken(bytes.length);
      peer.refused(tag, { reason: 'hold-on' });
      return;
    }
    this.inboxBytes += bytes.length;
    this.put({ type: 'edit', peer, bytes, tag });
  }

  hear(news: StoredNews): void {
    this.put({ type: 'news', news });
  }

  /** Others may have stored something that this room was not told. */
  checkLog(last: number): void {
    if (last > this.document.known) this.put({ type: 'behind', last });
  }

  known(): number {
    return this.document.known;
  }

  /** Resolves when everything that was sent so far is stored; when the log is away, that is when it is back. */
  async settled(): Promise<void> {
    while (!this.isQuiet()) await new Promise<void>((resolve) => this.wakers.push(resolve));
  }

  /** Keeps the sum of all updates in the log, if there were so many since the last time. */
  snapshot(afterUpdates: number): void {
    if (this.document.known - this.document.snapshotAt >= afterUpdates) this.put({ type: 'snapshot' });
  }

  private isQuiet(): boolean {
    return this.isLost() || (this.activity === 'idle' && this.unsaved.isEmpty());
  }

  private isLost(): boolean {
    return this.activity === 'lost';
  }

  private wake(): void {
    for (const wake of this.wakers.splice(0)) wake();
  }

  private put(entry: RoomEntry): void {
    if (this.isLost()) return;
    this.inbox.push(entry);
    if (this.activity !== 'idle') return;
    this.activity = 'scheduled';
    this.parts.timers.afterThisTurn(() => void this.run());
  }

  private async run(): Promise<void> {
    this.activity = 'turning';
    try {
      while (this.inbox.length > 0) await this.turn();
    } catch (error) {
      this.lose('the room failed', error);
    }
    if (!this.isLost()) this.activity = 'idle';
    this.wake();
  }

  private async turn(): Promise<void> {
    const entries = this.inbox.splice(0, this.parts.limits.maxEntriesPerTurn);
    for (const entry of entries) {
      if (entry.type === 'question') this.answer(entry.peer, entry.stateVector);
      if (entry.type === 'snapshot') await this.writeSnapshot();
    }
    const commit = new Commit(this.parts.newBatchId());
    for (const entry of entries) {
      if (entry.type === 'news') await this.takeNews(entry.news, commit);
      else if (entry.type === 'behind') await this.catchUp(entry.last, commit);
      else if (entry.type === 'edit') this.judge(entry, commit);
    }
    await this.store(commit);
  }

  private answer(peer: RoomPeer, stateVector: Uint8Array): void {
    const notes = this.peers.get(peer);
    if (notes === undefined) return;
    const frames = this.encode(stateVector);
    if (frames === undefined) {
      peer.refused(undefined, { reason: 'malformed' });
      return;
    }
    if (!notes.asked) frames.push(askForMissing(this.document.stateVector()));
    notes.asked = true;
    peer.send(frames);
  }

  private encode(stateVector: Uint8Array): Uint8Array[] | undefined {
    try {
      return [...this.document.encoded.answer(stateVector)];
    } catch {
      return undefined;
    }
  }

  private judge({ peer, bytes, tag }: RoomEntry & { type: 'edit' }, commit: Commit): void {
    this.inboxBytes -= bytes.length;
    peer.taken(bytes.length);
    const refusal = this.accept(peer, bytes, tag, commit);
    if (refusal === undefined) return;
    const read = readUpdate(bytes);
    const clients = read.ok ? [...read.value.structs.keys()] : [];
    const refused = this.peers.get(peer)?.refusedClients;
    const follows = refusal.reason === 'missing-dependency' && clients.some((client) => refused?.has(client));
    if (refused !== undefined && refused.size < MAX_REFUSED_CLIENTS)
      for (const client of clients) refused.add(client);
    this.parts.watch.refused(refusal.reason);
    peer.refused(tag, follows ? { reason: 'follows-refused' } : refusal);
  }

  private accept(peer: RoomPeer, bytes: Uint8Array, tag: EditTag, commit: Commit): EditRefusal | undefined {
    const { limits } = this.parts;
    const checked = this.document.authorize(bytes, peer.writable(), limits.maxUpdateBytes);
    if (!checked.ok) return checked.error;
    if (checked.value.roots.size === 0 && checked.value.newClocks.size === 0) {
      commit.answer(peer, tag);
      return undefined;
    }
    const author = judgeAuthor(checked.value, peer, (client) => this.document.owners.get(client));
    if (author === 'forged') return { reason: 'forged-author' };
    if (this.unsaved.bytes() + commit.bytes + bytes.length > limits.maxWaitingBytes)
      return { reason: 'hold-on' };
    if (this.document.sizeBytes() + bytes.length > limits.maxDocumentBytes)
      return { reason: 'document-full' };
    this.document.apply(bytes);
    if (!author.carried) this.document.noteOwners(checked.value, peer.actor);
    commit.add({ bytes, actor: peer.actor, ...author }, peer, tag);
    return undefined;
  }

  /** Before anything new is applied, so that all that is in memory is stored. */
  private async writeSnapshot(): Promise<void> {
    const { log, served, logger } = this.parts;
    const upTo = this.document.known;
    if (!this.unsaved.isEmpty() || this.document.heardUnsaved || upTo === this.document.snapshotAt) return;
    this.document.snapshotAt = upTo;
    try {
      await log.writeSnapshot(served.name, { upTo, bytes: this.document.encodeSnapshot() });
    } catch (error) {
      if (!(error instanceof LogUnavailable)) throw error;
      logger.warn('no snapshot: the log is away', { document: served.name });
    }
  }

  private async store(commit: Commit): Promise<void> {
    if (this.isLost()) return;
    if (!this.unsaved.isEmpty()) {
      this.passOnUnsaved(commit);
      return;
    }
    if (commit.updates.length === 0) {
      commit.broadcast(this.peers.keys());
      commit.answerSaved();
      return;
    }
    const beganMs = this.parts.clock.nowMs();
    try {
      const result = await this.parts.log.append(this.parts.served.name, commit.batch(beganMs));
      await this.finish(commit, result);
      this.parts.watch.committed(commit.updates.length, this.parts.clock.nowMs() - beganMs);
    } catch (error) {
      if (!(error instanceof LogUnavailable)) throw error;
      this.parts.logger.warn('the log is away: passing edits on unsaved', {
        document: this.parts.served.name,
      });
      this.passOnUnsaved(commit);
    }
  }

  /** After a commit was stored, and before anybody is told. */
  private async finish(commit: Commit, result: AppendResult): Promise<void> {
    if (hasForged(result)) {
      this.lose('another instance stored the same Yjs client id for somebody else');
      return;
    }
    if (result.before > this.document.known) await this.catchUp(result.before, commit);
    if (result.before === this.document.known) this.document.known += result.appended.length;
    commit.broadcast(this.peers.keys());
    commit.answerSaved();
    const updates: readonly ToldUpdate[] = commit.updates;
    this.parts.fanOut.publish(this.parts.served.name, { type: 'updates', from: result.before + 1, updates });
  }

  private passOnUnsaved(commit: Commit): void {
    commit.broadcast(this.peers.keys());
    if (commit.updates.length > 0)
      this.parts.fanOut.publish(this.parts.served.name, { type: 'unsaved', updates: commit.updates });
    if (!commit.isEmpty()) this.unsaved.add(commit);
  }

  /** Stores what was passed on before. @returns whether the log took it */
  private async storeLate(commit: Commit): Promise<boolean> {
    if (this.isLost()) return true;
    try {
      if (commit.updates.length === 0) commit.answerSaved();
      else {
        const batch = commit.batch(this.parts.clock.nowMs());
        const result = await this.parts.log.append(this.parts.served.name, batch);
        commit.forgetFrames();
        await this.finish(commit, result);
      }
    } catch (error) {
      if (error instanceof LogUnavailable) return false;
      this.lose('what waited could not be stored', error);
    }
    return true;
  }

  private async takeNews(news: StoredNews, commit: Commit): Promise<void> {
    if (news.type === 'unsaved') {
      this.document.heardUnsaved = true;
      for (const update of news.updates) if (this.document.applyTold(update)) commit.tell(update.bytes);
      return;
    }
    if (news.from > this.document.known + 1) await this.catchUp(news.from - 1, commit);
    news.updates.forEach((update, i) => this.takeStored(update, news.from + i, commit));
  }

  /** Fills a gap in the numbers from the log. When the log is away the gap stays, and is filled the next time. */
  private async catchUp(last: number, commit: Commit): Promise<void> {
    const { log, served, limits } = this.parts;
    try {
      while (this.document.known < last) {
        const before = this.document.known;
        const rows = await log.read(served.name, before, limits.maxEntriesPerTurn);
        for (const row of rows) this.takeStored(row, row.number, commit);
        if (this.document.known === before) throw new Error(`the log has no number ${String(before + 1)}`);
      }
    } catch (error) {
      if (!(error instanceof LogUnavailable)) throw error;
    }
  }

  private takeStored(update: ToldUpdate, number: number, commit: Commit): void {
    if (number !== this.document.known + 1) return;
    this.document.known = number;
    if (this.document.applyTold(update)) commit.tell(update.bytes);
    else
      this.parts.logger.warn('a stored update builds on nothing', {
        document: this.parts.served.name,
        number,
      });
  }

  /** What is in memory is not what is stored: everybody connects again, to a room that is read from the log. */
  private lose(why: string, error?: unknown): void {
    this.activity = 'lost';
    this.inbox = [];
    this.parts.logger.error(`a room was given up: ${why}`, { document: this.parts.served.name, error });
    for (const peer of this.peers.keys()) peer.lost();
    this.wake();
    this.parts.onLost();
  }
}
