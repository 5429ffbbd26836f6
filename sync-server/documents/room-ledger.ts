import { AnswersInTurn } from './answers-in-turn.ts';
import { Commit, hasForged } from './commit.ts';
import type { ToldUpdate } from './fan-out.ts';
import { isNews, type RoomDocument } from './room-document.ts';
import type { RoomParts, StoredNews } from './room-parts.ts';
import type { RoomPeer } from './room-peer.ts';
import { UnsavedCommits } from './unsaved-commits.ts';
import { LogUnavailable, type AppendResult } from './update-log.ts';

/** How often others may store something first before what waited is stored whatever they do. */
const MAX_ATTEMPTS = 5;

/** The room that a ledger serves. */
type LedgerRoom = {
  readonly members: () => Iterable<RoomPeer>;
  readonly isLost: () => boolean;
  readonly lose: (why: string, error?: unknown) => void;
  /** What waited for the log is stored. */
  readonly onSettled: () => void;
  /** What others told of and waits for its turn, of numbers up to this one. */
  readonly takeNewsBefore: (number: number) => readonly StoredNews[];
};

/**
 * A room's dealings with the log and with other instances: stores its commits and only then tells them, keeps them while
 * the log is away, and takes in what others have stored.
 */
export class RoomLedger {
  private readonly unsaved: UnsavedCommits;
  private readonly answers: AnswersInTurn;
  private readonly document: RoomDocument;
  private readonly parts: RoomParts;
  private readonly room: LedgerRoom;

  constructor(document: RoomDocument, parts: RoomParts, room: LedgerRoom) {
    this.document = document;
    this.parts = parts;
    this.room = room;
    this.unsaved = new UnsavedCommits(parts.timers, parts.waiting, {
      store: async (commit) => this.storeLate(commit),
      onEmpty: room.onSettled,
    });
    this.answers = new AnswersInTurn({
      answered: (commit) => this.callSaved(commit),
      failed: (error) => {
        if (!room.isLost()) room.lose('what was told could not be brought to the disk', error);
      },
      onEmpty: room.onSettled,
    });
  }

  isSettled(): boolean {
    return this.unsaved.isEmpty() && this.answers.isEmpty();
  }

  /** Whether so much more could wait for the log, were it away. */
  hasRoomFor(bytes: number): boolean {
    const { limits, waiting } = this.parts;
    return (
      this.unsaved.bytes() + bytes <= limits.maxWaitingBytes &&
      waiting.bytes + bytes <= limits.maxWaitingBytesOfAll
    );
  }

  /** To be called before anything new is applied, so that all that is in memory is stored. */
  async writeSnapshot(): Promise<void> {
    const { log, served, logger } = this.parts;
    const upTo = this.document.known;
    if (!this.unsaved.isEmpty() || !this.document.isWhole() || upTo === this.document.snapshotAt) return;
    this.document.snapshotAt = upTo;
    try {
      await log.writeSnapshot(served.name, { upTo, bytes: this.document.encodeSnapshot() });
    } catch (error) {
      if (!(error instanceof LogUnavailable)) throw error;
      logger.warn('no snapshot: the log is away', { document: served.name });
    }
  }

  async store(commit: Commit): Promise<void> {
    await this.unsaved.drained();
    if (this.room.isLost()) return;
    if (!this.unsaved.isEmpty()) {
      this.passOnUnsaved(commit);
      return;
    }
    if (commit.updates.length === 0) {
      commit.broadcast(this.room.members());
      this.answers.add(commit, undefined);
      return;
    }
    try {
      const batch = commit.batch(this.parts.clock.nowMs());
      await this.finish(commit, await this.parts.log.append(this.parts.served.name, batch));
    } catch (error) {
      if (!(error instanceof LogUnavailable)) throw error;
      this.parts.logger.warn('the log is away: passing edits on unsaved', {
        document: this.parts.served.name,
      });
      this.passOnUnsaved(commit);
    }
  }

  async takeNews(news: StoredNews, commit: Commit): Promise<void> {
    if (news.type === 'unsaved') {
      for (const update of news.updates) this.adopt(update, commit);
      return;
    }
    if (news.from > this.document.known + 1) await this.catchUp(news.from - 1, commit);
    this.takeStored(
      news.updates.map((update, i) => ({ ...update, number: news.from + i })),
      commit,
    );
  }

  /** Takes in all that others have stored so far. @returns whether the log could be asked */
  async catchUpWhole(commit: Commit): Promise<boolean> {
    const { log, served } = this.parts;
    try {
      await this.catchUp(await log.last(served.name), commit);
      return true;
    } catch (error) {
      if (!(error instanceof LogUnavailable)) throw error;
      return false;
    }
  }

  /** Fills a gap in the numbers from the log. When the log is away the gap stays, and is filled the next time. */
  async catchUp(last: number, commit: Commit): Promise<void> {
    const { log, served, limits } = this.parts;
    try {
      while (this.document.known < last) {
        const before = this.document.known;
        const rows = await log.read(served.name, before, limits.maxEntriesPerTurn);
        this.takeStored(rows, commit);
        if (this.document.known === before) throw new Error(`the log has no number ${String(before + 1)}`);
      }
    } catch (error) {
      if (!(error instanceof LogUnavailable)) throw error;
    }
  }

  /** After a commit was stored, and before anybody is told. */
  private async finish(commit: Commit, result: AppendResult): Promise<void> {
    if (hasForged(result)) {
      this.room.lose('another instance stored the same Yjs client id for somebody else');
      return;
    }
    this.publish(commit, result);
    if (result.before > this.document.known)
      for (const news of this.room.takeNewsBefore(result.before)) await this.takeNews(news, commit);
    if (result.before > this.document.known) await this.catchUp(result.before, commit);
    if (result.before === this.document.known) this.document.known += result.appended.length;
    // What others have stored behind it goes to everybody in the same write.
    for (const news of this.room.takeNewsBefore(this.document.known + 1)) await this.takeNews(news, commit);
    commit.broadcast(this.room.members());
    this.parts.watch.told(this.parts.clock.nowMs() - commit.storingSinceMs);
    this.answers.add(commit, result.onDisk);
  }

  /** It is on disk. */
  private callSaved(commit: Commit): void {
    if (this.room.isLost()) return;
    commit.answerAll();
    if (commit.updates.length === 0) return;
    this.parts.watch.committed(commit.updates.length, this.parts.clock.nowMs() - commit.storingSinceMs);
  }

  private publish(commit: Commit, result: AppendResult): void {
    // Should the log have answered for more than is left of it, the others read on by themselves.
    const isAll = result.appended.length === commit.updates.length;
    const updates: readonly ToldUpdate[] = isAll ? commit.updates : [];
    const from = result.before + 1 + (isAll ? 0 : result.appended.length);
    this.parts.fanOut.publish(this.parts.served.name, { type: 'updates', from, updates });
  }

  private passOnUnsaved(commit: Commit): void {
    commit.broadcast(this.room.members());
    commit.forgetFrames();
    const updates = commit.updates.filter((update) => !commit.isAdopted(update));
    if (updates.length > 0) this.parts.fanOut.publish(this.parts.served.name, { type: 'unsaved', updates });
    if (!commit.isEmpty()) this.unsaved.add(commit);
  }

  /** Stores what was passed on before. @returns whether the log took it */
  private async storeLate(commit: Commit): Promise<boolean> {
    if (this.room.isLost()) return true;
    try {
      const result = await this.storeWhatLacks(commit);
      commit.forgetFrames();
      if (result === undefined) this.answers.add(commit, undefined);
      else await this.finish(commit, result);
    } catch (error) {
      if (error instanceof LogUnavailable) return false;
      this.room.lose('what waited could not be stored', error);
    }
    return true;
  }

  /** @returns undefined when nothing of it was left: others, who had heard it, stored it @throws {LogUnavailable} */
  private async storeWhatLacks(commit: Commit): Promise<AppendResult | undefined> {
    const { log, served, clock, newBatchId } = this.parts;
    for (let attempt = 1; ; attempt++) {
      const news = new Commit(newBatchId());
      await this.catchUp(commit.updates.length === 0 ? 0 : await log.last(served.name), news);
      news.broadcast(this.room.members());
      this.unsaved.strikeAll();
      if (commit.updates.length === 0) return undefined;
      const batch = commit.batch(clock.nowMs());
      if (attempt > MAX_ATTEMPTS) return log.append(served.name, batch);
      const result = await log.appendAfter(served.name, this.document.known, batch);
      if (result !== undefined) return result;
    }
  }

  /**
   * What another instance told of and could not store is stored here as well, before all that is built on it here: the
   * other may be gone before the log is back, and nobody could read on behind the gap.
   */
  private adopt(update: ToldUpdate, commit: Commit): void {
    const { bytes, actor, carried } = update;
    if (!this.hasRoomFor(commit.bytes + bytes.length)) return;
    const news = this.document.takeTold(update);
    if (news === undefined || !isNews(news)) return;
    const isOwn = (client: number): boolean => this.document.owners.get(client) === actor;
    const claims = carried ? [] : [...news.newClocks.keys()].filter(isOwn);
    commit.adopt({ bytes, actor, carried, claims });
  }

  /** Takes in those that follow on what is known, in the order of their numbers. */
  private takeStored(updates: readonly NumberedUpdate[], commit: Commit): void {
    const taken: Uint8Array[] = [];
    this.document.together(() => {
      for (const update of updates) {
        if (update.number !== this.document.known + 1) continue;
        this.document.known = update.number;
        taken.push(update.bytes);
        const { applied, news } = this.document.takeStored([update]);
        // What was passed on unsaved before, everybody has.
        for (const { bytes } of news) commit.tell(bytes);
        if (applied === 0) this.warnOfNothing(update.number);
      }
    });
    this.unsaved.strike(taken);
  }

  private warnOfNothing(number: number): void {
    const document = this.parts.served.name;
    this.parts.logger.warn('a stored update builds on nothing', { document, number });
  }
}

type NumberedUpdate = ToldUpdate & { readonly number: number };
