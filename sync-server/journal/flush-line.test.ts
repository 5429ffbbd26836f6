import { expect, it } from 'vitest';
import { FlushLine } from './flush-line.ts';

/** A line on a disk that answers when the test says so, in a time that the test makes pass. */
function openLine() {
  let now = 1_000;
  const planned: { readonly atMs: number; readonly work: () => void }[] = [];
  const flushes: (() => void)[] = [];
  const flushed: string[] = [];
  const line = new FlushLine({
    clock: { nowMs: () => now },
    timers: {
      afterThisTurn: (work) => void planned.push({ atMs: now, work }),
      after: (delayMs, work) => {
        const one = { atMs: now + delayMs, work };
        planned.push(one);
        return () => void planned.splice(planned.indexOf(one), planned.includes(one) ? 1 : 0);
      },
    },
    flush: async () => new Promise((resolve) => flushes.push(resolve)),
    onFlushed: () => undefined,
    onBroken: () => undefined,
  });
  return {
    ...{ line, flushes, flushed },
    write: (what: string): void => void line.written(1, () => flushed.push(what)),
    pass: (ms: number): void => {
      now += ms;
      for (const { work } of planned.splice(0, planned.length)) work();
    },
    waitsMs: (): number | undefined => planned[0] && planned[0].atMs - now,
    answer: async (): Promise<void> => {
      flushes.shift()?.();
      await new Promise(setImmediate);
    },
  };
}

it('[SJ1] who writes alone is flushed at once, and those who come right behind share one', async () => {
  const { write, waitsMs, pass, answer, flushes, flushed } = openLine();
  write('one');
  expect(waitsMs()).toBe(0);
  pass(0);
  write('two');
  expect([flushes.length, waitsMs()]).toEqual([1, undefined]);
  pass(1);
  await answer();
  expect([flushed, waitsMs()]).toEqual([['one'], 2]);
  write('three');
  pass(2);
  expect(flushes.length).toBe(1);
  await answer();
  expect(flushed).toEqual(['one', 'two', 'three']);
  pass(10);
  write('four');
  expect(waitsMs()).toBe(0);
});

it('[SJ1] who asks for what is not on disk does not wait for others to join', async () => {
  const { line, write, waitsMs, pass, answer, flushed } = openLine();
  write('one');
  pass(0);
  await answer();
  write('two');
  expect(waitsMs()).toBe(3);
  const settled = line.settled();
  expect(waitsMs()).toBe(0);
  pass(0);
  await answer();
  await settled;
  expect(flushed).toEqual(['one', 'two']);
});

it('[SJ6] a flush that takes long is waited for', async () => {
  const { line, write, pass, answer } = openLine();
  write('one');
  pass(0);
  pass(1_000);
  expect(line.isBehind()).toBe(false);
  pass(1);
  expect(line.isBehind()).toBe(true);
  await answer();
  expect(line.isBehind()).toBe(false);
});
