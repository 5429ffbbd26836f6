import { expect, it } from 'vitest';
import { createLag } from './follow-lag.ts';

it('a list that is slow is left alone for longer, and the longer it is not through', () => {
  const lag = createLag();
  expect(lag.pauseMs(0)).toBe(0);
  lag.asked(10);
  lag.asked(30);
  expect(lag.pauseMs(60)).toBe(100);
  lag.shown(70);
  expect(lag.pauseMs(500)).toBe(120);
  lag.asked(1000);
  expect(lag.pauseMs(9000)).toBe(1000);
});
