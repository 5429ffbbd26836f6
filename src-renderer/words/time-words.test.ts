import { expect, it } from 'vitest';
import { agoWords, secondsUntil, spanWords } from './time-words.ts';

const min = 60_000;
const hour = 60 * min;
const day = 24 * hour;

it.each([
  [0, 'under 1 min'],
  [-5, 'under 1 min'],
  [Number.NaN, 'under 1 min'],
  [min, '1 min'],
  [59 * min + 59_999, '59 min'],
  [hour, '1 h'],
  [2 * hour + 14 * min, '2 h 14 min'],
  [day, '1 d'],
  [3 * day + 4 * hour + 59 * min, '3 d 4 h'],
])('%d ms last "%s"', (ms, words) => {
  expect(spanWords(ms)).toBe(words);
});

it.each([
  [5_000, 'just now'],
  [-60_000, 'just now'],
  [40_000, '40 s ago'],
  [5 * min, '5 min ago'],
  [3 * hour, '3 h ago'],
  [50 * hour, '2 d ago'],
])('%d ms back is "%s"', (ms, words) => {
  expect(agoWords(1e12 - ms, 1e12)).toBe(words);
});

it('a countdown ends with 1 and then with 0', () => {
  expect([4001, 4000, 1, 0, -9000].map((ms) => secondsUntil(1e12 + ms, 1e12))).toEqual([5, 4, 1, 0, 0]);
});
