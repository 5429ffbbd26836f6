import { expect, it } from 'vitest';
import { readDays } from './read-days.ts';

it('two days are a time from the beginning of the first to the end of the second, where the person is', () => {
  const { fromMs, untilMs } = readDays('2026-03-29', '2026-03-29');
  expect(new Date(fromMs ?? 0)).toEqual(new Date(2026, 2, 29));
  expect(new Date(untilMs ?? 0)).toEqual(new Date(2026, 2, 30));
});

it.each(['', 'soon', '2026-3-29', '0001-01-01'])('%j bounds nothing', (text) => {
  expect(readDays(text, text)).toEqual({ fromMs: null, untilMs: null });
});
