import type { Commit } from './commit.ts';
import type { Timers } from './timers.ts';

const FIRST_RETRY_MS = 200;
const LAST_RETRY_MS = 2_000;

/** Commits that were passed on while the log was away, in order, until it takes them. */
export class UnsavedCommits {
  private readonly waiting: Commit[] = [];
  private waitingBytes = 0;
  private readonly timers: Timers;
  /** What waits in all rooms together. */
  private readonly all: Waiting;
  private readonly keeper: Keeper;

  constructor(timers: Timers, all: Waiting, keeper: Keeper) {
    this.timers = timers;
    this.all = all;
    this.keeper = keeper;
  }

  isEmpty(): boolean {
    return this.waiting.length === 0;
  }

  bytes(): number {
    return this.waitingBytes;
  }

  /** What was stored by others is not stored again. */
  strike(bytes: Uint8Array): void {
    for (const commit of this.waiting) commit.strike(bytes);
  }

  add(commit: Commit): void {
    this.waiting.push(commit);
    this.waitingBytes += commit.bytes;
    this.all.bytes += commit.bytes;
    if (this.waiting.length === 1) this.retryAfter(FIRST_RETRY_MS);
  }

  private retryAfter(delayMs: number): void {
    this.timers.after(delayMs, () => void this.retry(delayMs));
  }

  private async retry(delayMs: number): Promise<void> {
    for (let commit = this.waiting[0]; commit !== undefined; commit = this.waiting[0]) {
      if (!(await this.keeper.store(commit))) {
        this.retryAfter(Math.min(delayMs * 2, LAST_RETRY_MS));
        return;
      }
      this.waiting.shift();
      this.waitingBytes -= commit.bytes;
      this.all.bytes -= commit.bytes;
    }
    this.keeper.onEmpty();
  }
}

/** How many bytes wait; counted by several. */
export type Waiting = { bytes: number };

type Keeper = {
  /** Answers whether the log took it; never rejects. */
  store(commit: Commit): Promise<boolean>;
  onEmpty(): void;
};
