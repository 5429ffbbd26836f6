import { expect, it } from 'vitest';
import { createListeners } from './listeners.ts';

it('everyone who listens hears, until they stop; stopping twice counts once', () => {
  const counts: number[] = [];
  const heard: string[] = [];
  const listeners = createListeners<string>((count) => counts.push(count));
  const stop = listeners.add((value) => heard.push(`a ${value}`));
  listeners.add((value) => {
    stop();
    heard.push(`b ${value}`);
  });
  listeners.tell('1');
  listeners.tell('2');
  stop();
  listeners.clear();
  listeners.tell('3');
  expect(heard).toEqual(['a 1', 'b 1', 'b 2']);
  expect(counts).toEqual([1, 2, 1, 0]);
});

it('who listens last hears the newest state last, also when telling brings about a newer one', () => {
  const listeners = createListeners<string>();
  const heard: string[] = [];
  listeners.add((value) => {
    if (value === 'syncing') listeners.tell('in step');
  });
  listeners.add((value) => heard.push(value));
  listeners.tell('syncing');
  expect(heard).toEqual(['syncing', 'in step']);
});
