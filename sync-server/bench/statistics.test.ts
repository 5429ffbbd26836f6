import { expect, it } from 'vitest';
import { median, spreadOf } from './statistics.ts';

it('a spread does not depend on the order of the samples', () => {
  const samples = Array.from({ length: 101 }, (_, i) => (i * 37) % 101);
  expect(spreadOf(samples)).toEqual({ median: 50, p95: 95, p99: 99 });
});

it('a median of an even number of samples lies between the two in the middle', () => {
  expect(median([4, 1, 3, 2])).toBe(2.5);
});

it('nothing measured is not zero', () => {
  expect(median([])).toBeNaN();
});
