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
  const { find, limit, work, finish, timers, retryMs } = options;
  const inHand = new Set<number>();
  const waits = new Set<() => void>();
  let afterRow = 0;
  let done: { readonly row: number; readonly value: Done }[] = [];
  let isStopped = false;
  let idlers: (() => void)[] = [];

  const takeUp = () => {
    while (!isStopped && inHand.size < limit) {
      const entries = find(limit - inHand.size, afterRow);
      if (entries.length === 0) return;
      for (const entry of entries) {
        afterRow = entry.row;
        if (inHand.has(entry.row)) continue;
        inHand.add(entry.row);
        void take(entry);
      }
    }
  };
  const finishAll = () => {
    const finished = done;
    done = [];
    finish(
      finished.map(({ value }) => value),
      finished.reduce((first, { row }) => Math.min(first, row), Infinity),
    );
    for (const { row } of finished) inHand.delete(row);
    takeUp();
    if (inHand.size > 0) return;
    for (const resolve of idlers) resolve();
    idlers = [];
  };
  const take = async (entry: Entry): Promise<void> => {
    const value = await work(entry);
    if (isStopped) return;
    if (value === 'later') {
      const stopWaiting = timers.after(retryMs, () => {
        waits.delete(stopWaiting);
        void take(entry);
      });
      waits.add(stopWaiting);
      return;
    }
    done.push({ row: entry.row, value });
    if (done.length === 1) setImmediate(finishAll);
  };
  return {
    kick(fromRow) {
      if (fromRow !== undefined) afterRow = Math.min(afterRow, fromRow - 1);
      takeUp();
    },
    idle: () =>
      inHand.size === 0 ? Promise.resolve() : new Promise((resolve) => void idlers.push(() => resolve())),
    async stop() {
      isStopped = true;
      for (const stopWaiting of waits) stopWaiting();
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}
