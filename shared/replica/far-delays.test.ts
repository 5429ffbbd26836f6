import { expect, it } from 'vitest';
import { WallId } from '../model/ids.ts';
import type { FarDelay, ShownDelay } from '../protocol/delay-presence.ts';
import { followFarDelays } from './far-delays.ts';

const [here, there] = [WallId.parse('here'), WallId.parse('there')];
const delay: ShownDelay = {
  at: 'mark-0001',
  heard: { type: 'known', delaySeconds: 15, censor: 'on', stream: 'running', startedAtMs: 5 },
};

it('what others tell of the broadcast of the wall that is looked at is told once, and nothing of another wall', () => {
  const told: (readonly FarDelay[])[] = [];
  const tasks: (() => void)[] = [];
  let wall = here;
  let shown = new Map<WallId, Map<number, unknown>>([
    [here, new Map([[1, { name: 'Desk', shows: true, tiles: {}, delay }]])],
  ]);
  const delays = followFarDelays({
    timers: { after: (_ms, task) => (tasks.push(task), () => undefined) },
    nowMs: () => 9,
    wall: () => wall,
    others: (which) => shown.get(which) ?? new Map<number, unknown>(),
    tell: (event) => void (event.type === 'far-delays' && told.push(event.farDelays)),
  });
  const look = (): void => {
    delays.hint();
    delays.hint();
    expect(tasks).toHaveLength(1);
    tasks.pop()?.();
  };
  look();
  look();
  expect(told).toEqual([[{ at: 'mark-0001', machine: 'Desk', heard: delay.heard }]]);
  // The line to the team is gone, and with it all that others show.
  shown = new Map();
  look();
  expect(told.at(-1)).toMatchObject([{ machine: 'Desk', heard: { type: 'unknown', sinceMs: 9 } }]);
  expect(delays.now()).toEqual(told.at(-1));
  wall = there;
  look();
  expect(told.at(-1)).toEqual([]);
  expect(told).toHaveLength(3);
});
