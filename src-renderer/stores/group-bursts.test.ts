import { expect, it } from 'vitest';
import { groupBursts } from './group-bursts.ts';

/** A clock that stands still until it is told to go on. */
function handClock() {
  let nowMs = 0;
  const timers: { atMs: number; run: () => void }[] = [];
  return {
    timing: {
      nowMs: () => nowMs,
      later: (run: () => void, afterMs: number) => void timers.push({ atMs: nowMs + afterMs, run }),
    },
    pass(ms: number) {
      nowMs += ms;
      for (const timer of timers.splice(0)) {
        if (timer.atMs <= nowMs) timer.run();
        else timers.push(timer);
      }
    },
    timers,
  };
}

it('the first item is handed on at once, the burst behind it as one handful, in order and none twice', () => {
  const clock = handClock();
  const got: (readonly number[])[] = [];
  const add = groupBursts<number>((items) => got.push(items), clock.timing, 16);
  add(1);
  expect(got).toEqual([[1]]);
  add(2);
  clock.pass(5);
  add(3);
  expect(clock.timers).toHaveLength(1);
  clock.pass(11);
  expect(got).toEqual([[1], [2, 3]]);
  clock.pass(100);
  add(4);
  expect(got).toEqual([[1], [2, 3], [4]]);
});

it('how long a handful waits may change from one to the next', () => {
  const clock = handClock();
  const got: (readonly number[])[] = [];
  let pauseMs = 10;
  const add = groupBursts<number>(
    (items) => got.push(items),
    clock.timing,
    () => pauseMs,
  );
  add(1);
  clock.pass(10);
  add(2);
  expect(got).toEqual([[1], [2]]);
  pauseMs = 100;
  clock.pass(10);
  add(3);
  clock.pass(89);
  expect(got).toHaveLength(2);
  clock.pass(1);
  expect(got).toEqual([[1], [2], [3]]);
});
