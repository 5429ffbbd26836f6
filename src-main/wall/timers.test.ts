import { expect, it } from 'vitest';
import { createTestWorld } from './test-tiles.ts';
import { gather } from './timers.ts';

it('many calls within a moment become one, and a later one is another', () => {
  const world = createTestWorld();
  let calls = 0;
  const gathered = gather(world.after, 30, () => {
    calls += 1;
  });
  gathered.now();
  gathered.now();
  expect(calls).toBe(0);
  world.pass(30);
  expect(calls).toBe(1);
  gathered.now();
  gathered.stop();
  world.pass(1000);
  expect(calls).toBe(1);
});
