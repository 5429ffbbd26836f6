import type { Timers } from '../timers.ts';

/** Moves entries of a durable queue on, in their order, so many at a time; what is not in its hands stays on disk. */
export type Pump = {
  /** There may be more to do; `fromRow` when an entry came behind others that were taken up already. */
  readonly kick: (fromRow?: number) => void;
  readonly idle: () => Promise<void>;
  /** Takes up nothing more. What is under way ends unrecorded, and is done again by the next run. */
  readonly stop: () => Promise<void>;
};

export type PumpOptions<Entry extends { readonly row: number }, Done> = Readonly<{
  /** Entries after a row, in order. */
  find: (limit: number, afterRow: number) => readonly Entry[];
  limit: number;
  /** Brings one entry on; `later` when that is not possible now. */
  work: (entry: Entry) => Promise<Done | 'later'>;
  /** Writes down what was done; called with all that ended in one turn of the event loop. */
  finish: (done: readonly Done[], firstRow: number) => void;
  timers: Timers;
  retryMs: number;
}>;

export function createPump<Entry extends { readonly row: number }, Done>(
  options: PumpOptions<Entry, Done>,
): Pump {
  return new DurablePump(options);
}

class DurablePump<Entry extends { readonly row: number }, Done> implements Pump {
  private readonly options: PumpOptions<Entry, Done>;
  private readonly inHand = new Set<number>();
  private readonly waits = new Set<() => void>();
  private readonly done: { readonly row: number; readonly value: Done }[] = [];
  private readonly idlers: (() => void)[] = [];
  private afterRow = 0;
  private isStopped = false;

  constructor(options: PumpOptions<Entry, Done>) {
    this.options = options;
  }

  kick(fromRow?: number): void {
    if (fromRow !== undefined) this.afterRow = Math.min(this.afterRow, fromRow - 1);
    this.takeUp();
  }

  async idle(): Promise<void> {
    if (this.inHand.size > 0) await new Promise<void>((resolve) => void this.idlers.push(resolve));
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    for (const stopWaiting of this.waits) stopWaiting();
    await new Promise((resolve) => setImmediate(resolve));
  }

  private takeUp(): void {
    const { find, limit } = this.options;
    while (!this.isStopped && this.inHand.size < limit) {
      const entries = find(limit - this.inHand.size, this.afterRow);
      if (entries.length === 0) return;
      for (const entry of entries) {
        this.afterRow = entry.row;
        if (this.inHand.has(entry.row)) continue;
        this.inHand.add(entry.row);
        void this.take(entry);
      }
    }
  }

  private async take(entry: Entry): Promise<void> {
    const value = await this.options.work(entry);
    if (this.isStopped) return;
    if (value === 'later') {
      const stopWaiting = this.options.timers.after(this.options.retryMs, () => {
        this.waits.delete(stopWaiting);
        void this.take(entry);
      });
      this.waits.add(stopWaiting);
      return;
    }
    this.done.push({ row: entry.row, value });
    if (this.done.length === 1) setImmediate(() => this.finishAll());
  }

  private finishAll(): void {
    const finished = this.done.splice(0);
    const values = finished.map(({ value }) => value);
    this.options.finish(
      values,
      finished.reduce((first, { row }) => Math.min(first, row), Infinity),
    );
    for (const { row } of finished) this.inHand.delete(row);
    this.takeUp();
    if (this.inHand.size === 0) for (const resolve of this.idlers.splice(0)) resolve();
  }
}
