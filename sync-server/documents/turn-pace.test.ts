import { expect, it } from 'vitest';
import { TurnPace } from './turn-pace.ts';

it('an edit that comes alone is never put off', () => {
  const pace = new TurnPace();
  expect(pace.waitMs(1, 0)).toBe(0);
  pace.ended(1, 0, 10);
  expect(pace.waitMs(1, 10)).toBe(0);
});

it('after a turn of many edits the next waits for about as many, and only for a moment', () => {
  const pace = new TurnPace();
  pace.ended(10, 0, 100);
  expect([pace.waitMs(1, 100), pace.waitMs(8, 101), pace.waitMs(9, 101)]).toEqual([1, 1, 0]);
  expect(pace.waitMs(1, 103)).toBe(0);
});

it('when the others do not come, it stops waiting for them', () => {
  const pace = new TurnPace();
  pace.ended(10, 0, 100);
  pace.ended(2, 0, 102);
  expect(pace.waitMs(1, 102)).toBe(0);
});

it('who wrote while the others were stored is waited for together with them', () => {
  const pace = new TurnPace();
  pace.ended(10, 10, 100);
  expect([pace.waitMs(10, 100), pace.waitMs(16, 101), pace.waitMs(17, 101)]).toEqual([1, 1, 0]);
});
