import type { Clock } from '#shared/kernel/clock.ts';
import type { Timers } from '../documents/timers.ts';
import { LogUnavailable } from '../documents/update-log.ts';

/** What may be written at most and not be on disk: a power cut takes it back, though others have seen it. */
const MAX_UNFLUSHED_BYTES = 8 * 1_048_576;
/**
 * A flush begins no sooner than this after the one before, unless somebody asks for it: for many small ones the processor
 * works more than the disk. Who is alone is flushed at once.
 */
const PAUSE_MS = 3;
/** A disk that takes longer than this for one flush is waited for before more is written. */
const SLOW_FLUSH_MS = 1_000;

/**
 * Brings what was written to the disk, one flush at a time. Whatever is written while one is under way shares the next:
 *
 *     idle ──written──▶ planned ──a pause is over──▶ flushing ──nothing was written meanwhile──▶ idle
 *                          ▲                            ├──more was written──▶ planned
 *                          └────────────────────────────┘ └──it failed──▶ broken: nobody knows any more what is on disk
 */
export class FlushLine {
  private planned: Flush | undefined;
  private underWay: Flush | undefined;
  private broken: unknown;
  private beganMs = -Infinity;
  private callOff = (): void => undefined;
  private readonly parts: FlushParts;

  constructor(parts: FlushParts) {
    this.parts = parts;
  }

  /** @param onFlushed called in the order of the writes. @returns when it is on disk; rejected when nobody knows */
  written(bytes: number, onFlushed: () => void): Promise<void> {
    const flush = this.plan();
    flush.bytes += bytes;
    flush.works.push(onFlushed);
    return flush.over;
  }

  /** Asks for a flush, and resolves when all that was written so far is on disk. @throws {LogUnavailable} when nobody knows */
  async settled(): Promise<void> {
    const last = this.planned ?? this.underWay;
    if (this.planned !== undefined && this.underWay === undefined) this.schedule(0);
    await last?.over;
    if (this.broken !== undefined) throw endOfJournal(this.broken);
  }

  /** What is written and not on disk. */
  bytes(): number {
    return (this.planned?.bytes ?? 0) + (this.underWay?.bytes ?? 0);
  }

  /** Whether so much, or for so long, is not on disk that nothing more should be told before it is. */
  isBehind(): boolean {
    const { underWay, parts } = this;
    const isSlow = underWay !== undefined && parts.clock.nowMs() - this.beganMs > SLOW_FLUSH_MS;
    return isSlow || this.bytes() > MAX_UNFLUSHED_BYTES;
  }

  isBroken(): boolean {
    return this.broken !== undefined;
  }

  private plan(): Flush {
    if (this.planned !== undefined) return this.planned;
    const flush = newFlush();
    this.planned = flush;
    if (this.underWay === undefined) this.schedule(this.pauseMs());
    return flush;
  }

  private pauseMs(): number {
    const passedMs = this.parts.clock.nowMs() - this.beganMs;
    return passedMs >= 0 && passedMs < PAUSE_MS ? PAUSE_MS - passedMs : 0;
  }

  private schedule(delayMs: number): void {
    this.callOff();
    const { timers } = this.parts;
    // What was written is told first.
    if (delayMs === 0) timers.afterThisTurn(() => void this.run());
    else this.callOff = timers.after(delayMs, () => void this.run());
  }

  private async run(): Promise<void> {
    const flush = this.planned;
    if (flush === undefined || this.underWay !== undefined) return;
    this.callOff();
    this.planned = undefined;
    this.underWay = flush;
    this.beganMs = this.parts.clock.nowMs();
    try {
      await this.parts.flush();
    } catch (error) {
      this.break(error);
      return;
    }
    this.underWay = undefined;
    for (const work of flush.works) work();
    flush.resolve();
    if (this.hasPlanned()) this.schedule(this.pauseMs());
    this.parts.onFlushed();
  }

  private hasPlanned(): boolean {
    return this.planned !== undefined;
  }

  /** What a disk could not write it may have forgotten, and says so only once. */
  private break(error: unknown): void {
    this.broken = error;
    for (const flush of [this.underWay, this.planned]) flush?.reject(endOfJournal(error));
    this.parts.onBroken(error);
  }
}

type Flush = {
  readonly over: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
  readonly works: (() => void)[];
  bytes: number;
};

function newFlush(): Flush {
  let resolve = (): void => undefined;
  let reject = (_error: unknown): void => undefined;
  const over = new Promise<void>((onFlushed, onBroken) => {
    resolve = onFlushed;
    reject = onBroken;
  });
  // Plain clients wait for no answer.
  over.catch(() => undefined);
  return { over, resolve, reject, works: [], bytes: 0 };
}

export const endOfJournal = (cause: unknown): LogUnavailable =>
  new LogUnavailable('the journal could not be brought to the disk, and takes nothing more', { cause });

type FlushParts = {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly flush: () => Promise<void>;
  /** After each flush. */
  readonly onFlushed: () => void;
  /** Once. */
  readonly onBroken: (error: unknown) => void;
};
