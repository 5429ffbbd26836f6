import { Commit } from './commit.ts';
import { LookMeter } from './look-meter.ts';
import { PeerNotes } from './peer-notes.ts';
import type { RoomDocument } from './room-document.ts';
import { askForMissing } from './room-frames.ts';
import { RoomJudge } from './room-judge.ts';
import { RoomLedger } from './room-ledger.ts';
import type { Looked, RoomEntry, RoomParts, StoredNews } from './room-parts.ts';
import type { RoomPeer, SentEdit } from './room-peer.ts';
import { TurnPace } from './turn-pace.ts';

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
  private inboxEdits = 0;
  private activity: 'idle' | 'gathering' | 'scheduled' | 'turning' | 'lost' = 'idle';
  private stopGathering = (): void => undefined;
  private readonly pace = new TurnPace();
  private readonly looks = new LookMeter();
  private readonly wakers: (() => void)[] = [];
  private readonly parts: RoomParts;
  private readonly document: RoomDocument;
  private readonly ledger: RoomLedger;
  private readonly judge: RoomJudge;

  constructor(document: RoomDocument, parts: RoomParts) {
    this.document = document;
    this.parts = parts;
    this.ledger = new RoomLedger(document, parts, {
      members: () => this.peers.keys(),
      isLost: () => this.isLost(),
      lose: (why, error) => this.lose(why, error),
      onSettled: () => this.wake(),
      takeNewsBefore: (number) => this.takeNewsBefore(number),
    });
    this.judge = new RoomJudge(document, parts, (bytes) => this.ledger.hasRoomFor(bytes));
  }

  join(peer: RoomPeer): void {
    this.peers.set(peer, new PeerNotes());
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

  edit(peer: RoomPeer, edit: SentEdit): void {
    const { bytes, n } = edit;
    const notes = this.peers.get(peer);
    const admitted = notes?.admit(n) ?? 'drop';
    const isFull = this.inboxBytes + bytes.length > this.parts.limits.maxWaitingBytes;
    if (admitted !== 'take' || isFull) peer.taken(bytes.length);
    if (notes === undefined || admitted === 'drop') return;
    if (admitted === 'out-of-order') peer.refused({ reason: 'malformed' });
    else if (isFull && n === undefined) peer.refused({ reason: 'hold-on' });
    else if (isFull) this.put({ type: 'overflow', peer, n, notes, round: notes.round });
    else {
      this.inboxBytes += bytes.length;
      this.put({ type: 'edit', peer, edit, notes, round: notes.round });
    }
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

  /** What is in memory, as a Yjs state vector. */
  stateVector(): Uint8Array {
    return this.document.stateVector();
  }

  /** Resolves when everything that was sent so far is stored; when the log is away, that is when it is back. */
  async settled(): Promise<void> {
    while (!this.isQuiet()) await new Promise<void>((resolve) => this.wakers.push(resolve));
  }

  /** Keeps the sum of all updates in the log, if there were so many since the last time. @returns whether there were */
  snapshot(afterUpdates: number): boolean {
    const isDue = this.document.known - this.document.snapshotAt >= afterUpdates;
    if (isDue) this.put({ type: 'snapshot' });
    return isDue;
  }

  private isQuiet(): boolean {
    return this.isLost() || (this.activity === 'idle' && this.ledger.isSettled());
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
    if (isJudged(entry)) this.inboxEdits += 1;
    if (this.activity === 'idle' || this.activity === 'gathering') this.plan();
  }

  /** Decides when the next turn begins, and of what. Edits may wait for more of them; nothing else waits with them. */
  private plan(): void {
    const waitMs = this.pace.waitMs(this.inboxEdits, this.parts.clock.nowMs());
    const hasOthers = this.inbox.length > this.inboxEdits;
    if (waitMs > 0 && !hasOthers && this.activity === 'gathering') return;
    this.stopGathering();
    if (waitMs === 0) this.begin('all');
    else if (hasOthers) this.begin('others');
    else {
      this.activity = 'gathering';
      this.stopGathering = this.parts.timers.after(waitMs, () => this.begin('all'));
    }
  }

  private begin(what: 'all' | 'others'): void {
    if (this.isLost()) return;
    this.activity = 'scheduled';
    this.parts.timers.afterThisTurn(() => void this.run(what));
  }

  private async run(what: 'all' | 'others'): Promise<void> {
    if (this.isLost()) return;
    this.activity = 'turning';
    try {
      await (what === 'all' ? this.turn() : this.turnOfOthers());
    } catch (error) {
      this.lose('the room failed', error);
    }
    if (!this.isLost()) {
      this.activity = 'idle';
      // What has arrived meanwhile is read first, and shares the next turn.
      if (this.inbox.length > 0) this.plan();
    }
    this.wake();
  }

  private async turn(): Promise<void> {
    const entries = this.inbox.splice(0, this.parts.limits.maxEntriesPerTurn);
    const edits = entries.filter(isJudged).length;
    this.inboxEdits -= edits;
    await this.perform(entries);
    this.pace.ended(edits, this.inboxEdits, this.parts.clock.nowMs());
  }

  /** All but the edits, which go on waiting for more of them. */
  private async turnOfOthers(): Promise<void> {
    const entries = this.inbox.filter((entry) => !isJudged(entry));
    this.inbox = this.inbox.filter(isJudged);
    await this.perform(entries);
  }

  private async perform(entries: readonly RoomEntry[]): Promise<void> {
    for (const entry of entries) {
      if (entry.type === 'question') this.answer(entry.peer, entry.stateVector);
      if (entry.type === 'snapshot') await this.ledger.writeSnapshot();
    }
    const commit = new Commit(this.parts.newBatchId());
    let looked: Looked | undefined;
    for (const entry of entries) {
      if (entry.type === 'news') await this.ledger.takeNews(entry.news, commit);
      else if (entry.type === 'behind') await this.ledger.catchUp(entry.last, commit);
      else if (entry.type === 'unsure')
        looked = (await this.ledger.catchUpWhole(commit)) ? 'all-is-here' : 'not-now';
    }
    const unsure: SentEntry[] = [];
    this.document.together(() => {
      for (const entry of entries.filter(isSent)) {
        // Edits of one client stay in their order.
        const isBehind = unsure.some(({ peer }) => peer === entry.peer);
        if (isBehind || this.judgeOne(entry, looked, commit) === 'unsure') unsure.push(entry);
      }
    });
    this.putBack(unsure);
    await this.ledger.store(commit);
  }

  /** They are judged in the next turn, after the log was looked into. */
  private putBack(entries: readonly SentEntry[]): void {
    if (entries.length === 0) return;
    this.inbox.unshift({ type: 'unsure' }, ...entries);
    this.inboxEdits += entries.length + 1;
  }

  private judgeOne(entry: SentEntry, looked: Looked | undefined, commit: Commit): 'judged' | 'unsure' {
    if (entry.type === 'overflow') {
      this.judge.overflow(entry, commit);
      return 'judged';
    }
    const sure = this.judge.judge(entry, looked, commit);
    const isPutBack = sure === 'unsure' && this.looks.mayLook(entry.peer.actor, this.parts.clock.nowMs());
    const judged = sure === 'judged' || isPutBack ? sure : this.judge.judge(entry, 'not-now', commit);
    if (judged === 'judged') {
      this.inboxBytes -= entry.edit.bytes.length;
      entry.peer.taken(entry.edit.bytes.length);
    }
    return judged;
  }

  /** Takes out of turn what others stored before a number. */
  private takeNewsBefore(number: number): StoredNews[] {
    const isMeant = (entry: RoomEntry): entry is RoomEntry & { type: 'news' } =>
      entry.type === 'news' && entry.news.type === 'updates' && entry.news.from <= number;
    const taken = this.inbox.filter(isMeant);
    if (taken.length > 0) this.inbox = this.inbox.filter((entry) => !isMeant(entry));
    return taken.map(({ news }) => news);
  }

  private answer(peer: RoomPeer, stateVector: Uint8Array): void {
    const notes = this.peers.get(peer);
    if (notes === undefined) return;
    const frames = this.encode(stateVector);
    if (frames === undefined) {
      peer.refused({ reason: 'malformed' });
      return;
    }
    if (!notes.asked && !peer.isNumbered) frames.push(askForMissing(this.document.stateVector()));
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

/** What a client has sent, and is answered in its turn. */
type SentEntry = RoomEntry & { readonly type: 'edit' | 'overflow' };
const isSent = (entry: RoomEntry): entry is SentEntry => entry.type === 'edit' || entry.type === 'overflow';

/** What waits for more edits to share its turn. */
const isJudged = (entry: RoomEntry): boolean => isSent(entry) || entry.type === 'unsure';
