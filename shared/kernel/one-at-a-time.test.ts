import { expect, it } from 'vitest';
import { oneAtATime } from './one-at-a-time.ts';

it('what is given while something is performed is performed after it, in order', () => {
  const log: string[] = [];
  const give = oneAtATime((value: number) => {
    log.push(`${value} begins`);
    if (value === 1) for (const more of [2, 3]) give(more);
    log.push(`${value} ends`);
  });
  give(1);
  give(4);
  expect(log).toEqual([1, 2, 3, 4].flatMap((value) => [`${value} begins`, `${value} ends`]));
});

it('an error keeps nothing from being performed, then or later', () => {
  const done: number[] = [];
  const give = oneAtATime((value: number) => {
    if (value === 1) give(2);
    if (value === 1) throw new Error('one');
    done.push(value);
  });
  expect(() => {
    give(1);
  }).toThrow('one');
  give(3);
  expect(done).toEqual([2, 3]);
});
