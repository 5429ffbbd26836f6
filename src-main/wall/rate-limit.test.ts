import { expect, it } from 'vitest';
import { createRateLimit } from './rate-limit.ts';

it('lets a burst through, then so many a second, and never saves up more than the burst', () => {
  let nowMs = 0;
  const may = createRateLimit(10, 5, () => nowMs);
  const count = (tries: number): number => Array.from({ length: tries }, may).filter(Boolean).length;
  expect(count(100)).toBe(5);
  nowMs += 300;
  expect(count(100)).toBe(3);
  nowMs += 3_600_000;
  expect(count(100)).toBe(5);
  nowMs -= 1_000_000;
  expect(count(100)).toBe(0);
});
