import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Quotas } from './quotas.ts';

/** What everything that counts promises. The window must be long enough that it does not end within a test. */
export function describeQuotas(
  name: string,
  open: () => Promise<{ quotas: Quotas; close: () => Promise<void> }>,
): void {
  describe(`quotas: ${name}`, () => {
    let quotas: Quotas;
    let close: () => Promise<void>;
    beforeEach(async () => {
      ({ quotas, close } = await open());
    });
    afterEach(() => close());
    const quota = { limit: 3, windowMs: 600_000 };

    it('[AC12] lets as many through as it says, also when all ask at once, and says when to come back', async () => {
      const answers = await Promise.all(Array.from({ length: 10 }, async () => quotas.take('a', quota)));
      expect(answers.filter(({ isWithin }) => isWithin)).toHaveLength(3);
      const late = await quotas.take('a', quota);
      if (late.isWithin) throw new Error('was let through');
      expect(late.retryAfterMs).toBeGreaterThan(0);
      expect(late.retryAfterMs).toBeLessThanOrEqual(600_000);
      expect(await quotas.take('b', quota)).toEqual({ isWithin: true });
    });

    it('counts amounts, gives one back, and begins anew', async () => {
      expect(await quotas.take('c', quota, 2)).toEqual({ isWithin: true });
      expect((await quotas.take('c', quota, 2)).isWithin).toBe(false);
      await quotas.giveBack('c');
      await quotas.giveBack('c');
      expect(await quotas.take('c', quota)).toEqual({ isWithin: true });
      await quotas.forget('c');
      expect(await quotas.take('c', quota, 3)).toEqual({ isWithin: true });
      await quotas.giveBack('never-taken');
      expect(await quotas.take('never-taken', quota, 3)).toEqual({ isWithin: true });
    });
  });
}
