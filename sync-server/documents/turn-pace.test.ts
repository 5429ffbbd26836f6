import { expect, it } from 'vitest';
import { TurnPace } from './turn-pace.ts';

it('an edit that comes alone is never put off', () => {
  const pace = new TurnPace();
  expect(pace.waitMs(1, 0)).toBe(0);
  pace.ended(1, 10);
  expect(pace.waitMs(1, 10)).toBe(0);
});

it('after a turn of many edits the next waits for as many, and only for a moment', () => {
  const pace = new TurnPace();
  pace.ended(10, 100);
  expect([pace.waitMs(1, 100), pace.waitMs(9, 101), pace.waitMs(10, 101)]).toEqual([1, 1, 0]);
  expect(pace.waitMs(1, 103)).toBe(0);
});

it('when the others do not come, it stops waiting for them', () => {
  const pace = new TurnPace();
  pace.ended(10, 100);
  pace.ended(2, 102);
  expect(pace.waitMs(1, 102)).toBe(0);
});
