import { expect, it } from 'vitest';
import { StreamId } from '../model/ids.ts';
import type { WorkerPresence } from '../protocol/worker-presence.ts';
import { followViewers, type ViewerCount } from './viewer-counts.ts';

const id = (text: string): StreamId => StreamId.parse(text);
const MINUTE = 60_000;

function watch() {
  let nowMs = 100 * MINUTE;
  let shown: readonly WorkerPresence[] = [];
  const told: (readonly ViewerCount[])[] = [];
  const waiting: (() => void)[] = [];
  const counts = followViewers({
    timers: {
      after: (_ms, task) => {
        waiting.push(task);
        return () => void waiting.splice(0);
      },
    },
    nowMs: () => nowMs,
    states: () => shown,
    tell: (changed) => told.push(changed),
  });
  return {
    counts,
    told,
    waiting,
    show: (viewers: Readonly<Record<string, number | undefined>>, laterMs = 0) => {
      nowMs += laterMs;
      const reads = Object.entries(viewers).map(([name, count]) => ({
        ...{ id: id(name), at: nowMs },
        ...(count === undefined ? {} : { viewers: count }),
      }));
      shown = [{}, { reads }];
      counts.hint();
      counts.hint();
      const looks = waiting.splice(0);
      for (const look of looks) look();
      return looks.length;
    },
  };
}

it('what checkers read is told once, as far as it is new, and however often they show it', () => {
  const { counts, told, show } = watch();
  expect(show({ a: 5, b: undefined })).toBe(1);
  show({ a: 5, c: 7 }, 1);
  show({ a: 6 }, 1);
  expect(told).toEqual([[[id('a'), 5]], [[id('c'), 7]], [[id('a'), 6]]]);
  expect(counts.now()).toEqual([
    [id('a'), 6],
    [id('c'), 7],
  ]);
});

it('a count that nobody has repeated for half an hour is not known any more', () => {
  const { told, show } = watch();
  show({ a: 5 });
  show({ b: 1 }, 31 * MINUTE);
  expect(told.at(-1)).toEqual([
    [id('b'), 1],
    [id('a'), null],
  ]);
  show({ b: undefined }, 1);
  expect(told.at(-1)).toEqual([[id('b'), null]]);
});

it('nothing is looked at after the end', () => {
  const { counts, waiting } = watch();
  counts.hint();
  counts.stop();
  expect(waiting).toEqual([]);
});
