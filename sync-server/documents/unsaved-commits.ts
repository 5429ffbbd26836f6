import { BytesSet } from './bytes-set.ts';
import type { Commit } from './commit.ts';
import type { Timers } from './timers.ts';

const FIRST_RETRY_MS = 200;
const LAST_RETRY_MS = 2_000;
/**
 * What is stored in one transaction when the log is back, but for a single commit that is larger: so little that even a busy
 * database takes it within the time that it has to answer.
 */
const MAX_BATCH_BYTES = 2 * 1_048_576;
const MAX_BATCH_UPDATES = 10_000;
const MANY_STORED = 20_000;

/**
 * Commits that were passed on while the log was away, in order, until it takes them.
 *
 *     empty ──add──▶ waiting ──the log takes some──▶ draining ──all are taken──▶ empty
 *                       ▲                               └──it is away again──▶ waiting
 */
export class UnsavedCommits {
  private readonly waiting: Commit[] = [];
  private waitingBytes = 0;
  private storedByOthers: Uint8Array[] = [];
  private draining: { readonly over: Promise<void>; readonly end: () => void } | undefined;
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

  /** Once the log takes what waits, it takes it faster than new edits come only if these wait for it. */
  async drained(): Promise<void> {
    await this.draining?.over;
  }

  /** What was stored by others is not stored again: to be looked for at the latest when `strikeAll` is called. */
  strike(stored: readonly Uint8Array[]): void {
    if (this.waiting.length === 0) return;
    for (const bytes of stored) this.storedByOthers.push(bytes);
    if (this.storedByOthers.length >= MANY_STORED) this.strikeAll();
  }

  /** All that waits is looked at once for many that were stored. */
  strikeAll(): void {
    if (this.storedByOthers.length === 0) return;
    const known = new BytesSet(this.storedByOthers);
    this.storedByOthers = [];
    for (const commit of this.waiting) commit.strike(known);
  }

  add(commit: Commit): void {
    this.waiting.push(commit);
    this.count(commit.bytes);
    if (this.waiting.length === 1) this.retryAfter(FIRST_RETRY_MS);
  }

  private count(bytes: number): void {
    this.waitingBytes += bytes;
    this.all.bytes += bytes;
  }

  private retryAfter(delayMs: number): void {
    this.timers.after(delayMs, () => void this.retry(delayMs));
  }

  private async retry(delayMs: number): Promise<void> {
    for (let commit = this.takeFirst(); commit !== undefined; commit = this.takeFirst()) {
      if (!(await this.keeper.store(commit))) {
        this.endDraining();
        this.retryAfter(Math.min(delayMs * 2, LAST_RETRY_MS));
        return;
      }
      this.waiting.shift();
      this.count(-commit.bytes);
      this.draining ??= beginDraining();
    }
    this.endDraining();
    this.keeper.onEmpty();
  }

  /** As many as fit, made into one, which stays the first until it is stored. */
  private takeFirst(): Commit | undefined {
    const [first, ...others] = this.waiting;
    if (first === undefined) return undefined;
    const tooMuch = others.findIndex((next) => {
      const fits =
        first.bytes + next.bytes <= MAX_BATCH_BYTES &&
        first.updates.length + next.updates.length <= MAX_BATCH_UPDATES;
      if (fits) first.absorb(next);
      return !fits;
    });
    this.waiting.splice(1, tooMuch === -1 ? others.length : tooMuch);
    return first;
  }

  private endDraining(): void {
    this.draining?.end();
    this.draining = undefined;
  }
}

function beginDraining(): { over: Promise<void>; end: () => void } {
  let end = (): void => undefined;
  const over = new Promise<void>((resolve) => (end = resolve));
  return { over, end };
}

/** How many bytes wait; counted by several. */
export type Waiting = { bytes: number };

type Keeper = {
  /** Answers whether the log took it; never rejects. */
  store(commit: Commit): Promise<boolean>;
  onEmpty(): void;
};
