import type { Timers } from '../documents/timers.ts';
import type { JournalTarget } from './journal-target.ts';
import type { NumberedDocuments } from './numbered-documents.ts';

/** What goes to the database in one transaction: so much that it is worth one, so little that others can use it between. */
const ROWS_AT_ONCE = 500;
const BYTES_AT_ONCE = 1_048_576;

/** Brings what is in the journal to the database, some time after it was stored. */
export class WriteBehind {
  private underWay: Promise<void> | undefined;
  private isPlanned = false;
  /** Whether something was stored since the plan was made, and for how long it was put off for that. */
  private isBusy = false;
  private putOffMs = 0;
  private callOff = (): void => undefined;
  private isClosed = false;
  private isRefusedNow = false;
  private readonly numbered: NumberedDocuments;
  private readonly target: JournalTarget;
  private readonly parts: WriteBehindParts;

  constructor(numbered: NumberedDocuments, target: JournalTarget, parts: WriteBehindParts) {
    this.numbered = numbered;
    this.target = target;
    this.parts = parts;
  }

  /** To be called when something was stored. */
  noteStored(): void {
    this.isBusy = true;
    if (this.numbered.pendingBytes >= this.parts.afterBytes) this.begin();
    else this.plan(this.parts.quietMs);
  }

  /** Resolves when this number of a document is in the database. @throws what the database answers */
  async flushed(document: string, number: number): Promise<void> {
    while (this.numbered.flushed(document) < number) await this.flush();
  }

  /** Writes what is pending now. @throws what the database answers */
  async flush(): Promise<void> {
    this.underWay ??= this.write().finally(() => (this.underWay = undefined));
    await this.underWay;
  }

  /** Whether the database did not take what it was given last: its disk may be full. */
  isRefused(): boolean {
    return this.isRefusedNow;
  }

  /** Writes all that is pending, and nothing more by itself. @throws what the database answers */
  async close(): Promise<void> {
    this.isClosed = true;
    this.callOff();
    while (this.numbered.pendingCount() > 0) await this.flush();
  }

  private plan(delayMs: number): void {
    if (this.isPlanned || this.isClosed) return;
    this.isPlanned = true;
    this.isBusy = false;
    this.callOff = this.parts.timers.after(delayMs, () => {
      this.isPlanned = false;
      this.putOffMs += delayMs;
      if (this.isBusy && this.putOffMs < this.parts.afterMs) this.plan(this.parts.quietMs);
      else this.begin();
    });
  }

  private begin(): void {
    this.putOffMs = 0;
    this.flush().then(
      () => {
        if (this.numbered.pendingCount() > 0) this.plan(this.parts.quietMs);
      },
      (error: unknown) => {
        this.parts.onTrouble(error);
        this.plan(this.parts.retryMs);
      },
    );
  }

  private async write(): Promise<void> {
    try {
      await this.bring();
      this.isRefusedNow = false;
    } catch (error) {
      this.isRefusedNow = true;
      throw error;
    }
  }

  private async bring(): Promise<void> {
    // What is stored from here on goes to the other file, and has its turn the next time.
    const count = await this.parts.turn();
    for (let left = count; left > 0;) {
      const rows = this.numbered.oldest(Math.min(left, ROWS_AT_ONCE), BYTES_AT_ONCE);
      await this.target.takeOver(rows);
      this.numbered.flushedOldest(rows.length);
      left -= rows.length;
    }
    this.parts.onFlushed();
  }
}

export type WriteBehindParts = {
  readonly timers: Timers;
  /** What is stored goes to the database when nothing was stored for so long, */
  readonly quietMs: number;
  /** or when it is so old, about, */
  readonly afterMs: number;
  /** or so much. */
  readonly afterBytes: number;
  /** After how long it is tried again when the database did not take it. */
  readonly retryMs: number;
  /** Lets the journal begin its other file, between two writes. @returns how many updates are pending at that moment */
  readonly turn: () => Promise<number>;
  /** What was in the journal before the last turn is not needed there any more. */
  readonly onFlushed: () => void;
  readonly onTrouble: (error: unknown) => void;
};
