import { expect, it } from 'vitest';
import { createInMemoryQuotas } from './in-memory-quotas.ts';
import { describeQuotas } from './quotas.contract.ts';

describeQuotas('in memory', async () =>
  Promise.resolve({
    quotas: createInMemoryQuotas({ nowMs: () => 0 }),
    close: async () => Promise.resolve(),
  }),
);

it('a count ends with its time, and a flood of names does not grow without bound', async () => {
  let nowMs = 0;
  const quotas = createInMemoryQuotas({ nowMs: () => nowMs });
  const quota = { limit: 1, windowMs: 1_000 };
  await quotas.take('a', quota);
  expect(await quotas.take('a', quota)).toEqual({ isWithin: false, retryAfterMs: 1_000 });
  nowMs = 999;
  expect(await quotas.take('a', quota)).toEqual({ isWithin: false, retryAfterMs: 1 });
  nowMs = 1_000;
  expect(await quotas.take('a', quota)).toEqual({ isWithin: true });
  await quotas.take('first', quota);
  for (let i = 0; i < 100_000; i += 1) await quotas.take(`flood ${String(i)}`, quota);
  expect(await quotas.take('first', quota)).toEqual({ isWithin: true });
});
