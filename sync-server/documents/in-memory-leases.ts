import type { Clock } from '#shared/kernel/clock.ts';
import type { Leases } from './leases.ts';

/** Leases of instances that live in one process: for tests. */
export function createInMemoryLeases(clock: Clock): Leases {
  const leases = new Map<string, { readonly holder: string; readonly untilMs: number }>();
  return {
    take: async (name, holder, forMs) => {
      const lease = leases.get(name);
      const isFree = lease === undefined || lease.holder === holder || lease.untilMs <= clock.nowMs();
      if (isFree) leases.set(name, { holder, untilMs: clock.nowMs() + forMs });
      return Promise.resolve(isFree);
    },
    release: async (name, holder) => {
      if (leases.get(name)?.holder === holder) leases.delete(name);
      return Promise.resolve();
    },
  };
}
