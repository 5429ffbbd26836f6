import type { Clock } from '#shared/kernel/clock.ts';
import type { Quotas } from './quotas.ts';

type Count = { count: number; readonly endsAtMs: number };

/** More names than this are not kept: those whose time ends first go. */
const MAX_NAMES = 100_000;

/** Counts in this process: for a server that runs alone, and while Redis is away. */
export function createInMemoryQuotas(clock: Clock): Quotas {
  const counts = new Map<string, Count>();
  const living = (name: string): Count | undefined => {
    const found = counts.get(name);
    return found !== undefined && found.endsAtMs > clock.nowMs() ? found : undefined;
  };
  return {
    take: async (name, { limit, windowMs }, amount = 1) => {
      const nowMs = clock.nowMs();
      const count = living(name) ?? { count: 0, endsAtMs: nowMs + windowMs };
      count.count += amount;
      if (!counts.has(name) && counts.size >= MAX_NAMES) makeRoom(counts, nowMs);
      counts.set(name, count);
      return Promise.resolve(
        count.count <= limit
          ? { isWithin: true }
          : { isWithin: false, retryAfterMs: Math.max(1, count.endsAtMs - nowMs) },
      );
    },
    giveBack: async (name) => {
      const found = living(name);
      if (found !== undefined) found.count = Math.max(0, found.count - 1);
      return Promise.resolve();
    },
    forget: async (name) => {
      counts.delete(name);
      return Promise.resolve();
    },
  };
}

/** Drops what is over; when nothing is, a tenth of the oldest. */
function makeRoom(counts: Map<string, Count>, nowMs: number): void {
  for (const [name, { endsAtMs }] of counts) if (endsAtMs <= nowMs) counts.delete(name);
  let toDrop = counts.size < MAX_NAMES ? 0 : MAX_NAMES / 10;
  for (const name of counts.keys()) {
    if (toDrop <= 0) return;
    counts.delete(name);
    toDrop -= 1;
  }
}
