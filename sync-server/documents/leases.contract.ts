import { describe, expect, it, vi } from 'vitest';
import type { Leases } from './leases.ts';

/** What all leases promise, whatever keeps them. */
export function describeLeases(name: string, open: () => Leases): void {
  describe(`leases: ${name}`, () => {
    it('[S28] one holder at a time, who can prolong and let go', async () => {
      const leases = open();
      const work = `work-${String(Math.random())}`;
      expect(await leases.take(work, 'one', 60_000)).toBe(true);
      expect(await leases.take(work, 'two', 60_000)).toBe(false);
      expect(await leases.take(work, 'one', 60_000)).toBe(true);
      expect(await leases.take(`${work}-other`, 'two', 60_000)).toBe(true);
      await leases.release(work, 'two');
      expect(await leases.take(work, 'two', 60_000)).toBe(false);
      await leases.release(work, 'one');
      expect(await leases.take(work, 'two', 60_000)).toBe(true);
    });

    it('[S28] of many that ask at once one gets it, and the next when it has run out', async () => {
      const leases = open();
      const work = `work-${String(Math.random())}`;
      const answers = await Promise.all(
        Array.from({ length: 8 }, async (_, i) => leases.take(work, `instance-${String(i)}`, 300)),
      );
      expect(answers.filter((isMine) => isMine)).toHaveLength(1);
      await vi.waitFor(async () => expect(await leases.take(work, 'next', 300)).toBe(true), {
        timeout: 5_000,
      });
    });
  });
}
