import { systemClock } from '#shared/kernel/clock.ts';
import { ActorId } from '#shared/model/ids.ts';
import { systemTimers } from '../documents/timers.ts';
import type { UpdateBatch, UpdateLog } from '../documents/update-log.ts';
import { systemDisk, type JournalDisk } from './journal-disk.ts';
import type { JournalTarget } from './journal-target.ts';
import type { JournalParts } from './journal-writer.ts';

export const STORE = '0123456789abcdef';
export const ana = ActorId.parse('user:ana');
export const ben = ActorId.parse('user:ben');

/** When what is stored goes to the database. */
export const LATER = {
  preparedBytes: 65_536,
  quietMs: 600_000,
  afterMs: 600_000,
  afterBytes: 1e9,
  maxBytes: 1e9,
  retryMs: 5,
};
export const AT_ONCE = {
  preparedBytes: 1_024,
  quietMs: 1,
  afterMs: 1,
  afterBytes: 0,
  maxBytes: 1e9,
  retryMs: 5,
};

export const journalParts = (
  when: typeof LATER,
  disk: JournalDisk = systemDisk,
  onBroken: (error: unknown) => void = () => undefined,
): JournalParts => ({
  ...when,
  ...{ disk, onBroken, clock: systemClock, timers: systemTimers, onTrouble: () => undefined },
});

let batches = 0;
/** Updates that nothing else is like. */
export const batch = (count: number, actor: ActorId, ...claims: number[]): UpdateBatch => ({
  id: `journal-${String(++batches)}`,
  atMs: 1_000 + batches,
  updates: Array.from({ length: count }, (_, i) => ({
    ...{ actor, claims: i === 0 ? claims : [], carried: false },
    bytes: Uint8Array.of(batches, i, 1),
  })),
});

/** Any log, as what a journal is written behind to. */
export function targetOf(log: UpdateLog, away: { readonly is: boolean }): JournalTarget {
  return {
    owners: async (document) =>
      log.owners(
        document,
        Array.from({ length: 100 }, (_, i) => i),
      ),
    takeOver: async (rows) => {
      if (away.is) throw new Error('away');
      for (const { document, number, atMs, ...update } of rows) {
        const id = `${document}-${String(number)}`;
        await log.appendAfter(document, number - 1, { id, atMs, updates: [update] });
      }
    },
  };
}
