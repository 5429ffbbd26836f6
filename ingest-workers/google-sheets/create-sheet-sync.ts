import { fail } from '#shared/kernel/result.ts';
import { isHeldForSheet } from '#shared/model/waits-for-sheet.ts';
import { createSheetCycle, type CycleFailure, type SheetCycle, type SheetTally } from './compare-sheet.ts';
import { holdNewLinks } from './hold-new-links.ts';
import type { Conflict } from './plan-sync.ts';
import type { SheetProblem } from './read-livesheet.ts';
import type { SheetSyncParts } from './sheet-parts.ts';

/** What an operator is shown of the sheet. */
export type SheetState = Readonly<{
  /** Why it is not in step; undefined while it is. */
  trouble: string | undefined;
  /** Streams whose row waits to be written. */
  waiting: number;
  /** New links that are held back until the sheet has them. */
  held: number;
  /** Rows that name a stream, as they were read last. */
  rows: number;
  conflicts: readonly Conflict[];
  problems: readonly SheetProblem[];
  /** When both sides were last compared and written, ms since 1970 UTC. */
  inStepAt: number | undefined;
  /** When it is tried again. */
  nextAt: number;
  tally: SheetTally;
}>;

export type SheetSync = {
  readonly state: () => SheetState;
  /** Something was switched: whoever rested goes on at once. */
  readonly lookAgain: () => void;
  readonly stop: () => Promise<void>;
};

const LONGEST_WAIT_MS = 5 * 60_000;
/** What is held back is brought to the sheet this soon: a few of them come together. */
const SOON_MS = 3000;

/** Keeps a sheet and the catalogue in step for as long as it is not stopped. */
export function createSheetSync(parts: SheetSyncParts): SheetSync {
  const loop = new Loop(parts);
  loop.run();
  const stopHolding =
    parts.policy.mode === 'sheet-first'
      ? holdNewLinks(parts, loop.cycle.isInSheet, () => loop.hurry())
      : () => undefined;
  return {
    state: () => loop.state(),
    lookAgain: () => loop.lookAgain(),
    async stop() {
      stopHolding();
      await loop.stop();
    },
  };
}

type Known = Pick<SheetState, 'trouble' | 'rows' | 'conflicts' | 'problems' | 'inStepAt' | 'nextAt'>;

class Loop {
  readonly cycle: SheetCycle;
  private readonly parts: SheetSyncParts;
  private known: Known;
  private failures = 0;
  private running: Promise<void> = Promise.resolve();
  private isRunning = false;
  private isStopped = false;
  private isResting = false;
  private cancel: () => void = () => undefined;

  constructor(parts: SheetSyncParts) {
    this.parts = parts;
    this.cycle = createSheetCycle(parts);
    this.known = {
      ...{ trouble: 'The sheet has not been read yet.', rows: 0, conflicts: [], problems: [] },
      ...{ inStepAt: undefined, nextAt: parts.clock.nowMs() },
    };
  }

  state(): SheetState {
    const { known, cycle } = this;
    const streams = [...this.parts.catalogue.catalogue().streams.values()];
    return {
      ...known,
      waiting: known.trouble === undefined ? 0 : cycle.waiting(known.inStepAt),
      held: streams.filter(isHeldForSheet).length,
      tally: cycle.tally,
    };
  }

  run(): void {
    this.cancel();
    this.running = this.once();
  }

  /** Something waits: the next comparison is soon, unless the sheet is in trouble or it is under way. */
  hurry(): void {
    const { clock } = this.parts;
    if (this.isStopped || this.isRunning || this.failures > 0) return;
    if (this.known.nextAt - clock.nowMs() > SOON_MS) this.schedule(SOON_MS);
  }

  lookAgain(): void {
    if (!this.isStopped && !this.isRunning && this.isResting) this.run();
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    this.cancel();
    await this.running;
  }

  private async once(): Promise<void> {
    const { clock, logger, intervalMs, paused } = this.parts;
    const words = paused?.();
    this.isResting = words !== undefined;
    if (words !== undefined) {
      this.known = { ...this.known, trouble: words };
      this.schedule(intervalMs);
      return;
    }
    this.isRunning = true;
    const done = await this.cycle.once().catch((error: unknown) => {
      logger.error('Comparing with the sheet failed.', { error: String(error) });
      const words = `The comparison failed: ${String(error).slice(0, 200)}`;
      return fail<CycleFailure>({ reason: 'failed', words });
    });
    this.isRunning = false;
    this.failures = done.ok ? 0 : this.failures + 1;
    this.known = done.ok
      ? { ...this.known, ...done.value, trouble: undefined, inStepAt: clock.nowMs() }
      : { ...this.known, trouble: done.error.words };
    this.schedule(done.ok ? intervalMs : pauseAfter(done.error, this.failures, intervalMs));
  }

  private schedule(pauseMs: number): void {
    this.cancel();
    this.known = { ...this.known, nextAt: this.parts.clock.nowMs() + pauseMs };
    if (!this.isStopped) this.cancel = this.parts.timers.after(pauseMs, () => this.run());
  }
}

/** Longer every time, and as long as the sheet asks for. */
function pauseAfter({ retryAfterMs = 0 }: CycleFailure, failures: number, intervalMs: number): number {
  const longer = intervalMs * 2 ** Math.min(failures, 8);
  return Math.max(retryAfterMs, Math.min(longer, LONGEST_WAIT_MS));
}
