import { expect, it } from 'vitest';
import { readFarDelays, type ShownDelay } from './delay-presence.ts';

const known: ShownDelay = {
  at: 'mark-0001',
  heard: { type: 'known', delaySeconds: 15, censor: 'on', stream: 'running', startedAtMs: 5 },
};
const output = (delay: unknown, name = 'Desk') => ({ name, shows: true, tiles: {}, delay });
const read = (...states: readonly unknown[]) => readFarDelays(new Map(states.entries()), [], 9);

it('what a wall’s machine tells of its Streamdelay server is what others read', () => {
  const told = { at: 'mark-0001', machine: 'Desk', heard: known.heard };
  expect(read(output(known))).toEqual([told]);
  expect(read(output(undefined), { name: 'Ana' })).toEqual([]);
  const lost = { at: 'mark-0002', heard: { type: 'unknown', words: 'Away.', sinceMs: 3 } };
  const both = read(output(known), output(lost, 'Desk 2'));
  expect(both).toEqual([told, { at: 'mark-0002', machine: 'Desk 2', heard: lost.heard }]);
});

it('of a machine that is not heard any more nothing is known, since then, until it is back or set up anew', () => {
  const before = read(output(known));
  const lost = readFarDelays(new Map(), before, 20);
  const heard = { type: 'unknown', words: 'The wall’s machine is not heard now.', sinceMs: 20 };
  expect(lost).toEqual([{ at: 'mark-0001', machine: 'Desk', heard }]);
  expect(readFarDelays(new Map([[4, output(known, 'Other')]]), lost, 30)).toContainEqual(lost[0]);
  expect(readFarDelays(new Map([[4, output({ ...known, at: 'mark-0009' })]]), lost, 30)).toEqual([
    { ...before[0], at: 'mark-0009' },
  ]);
  expect(readFarDelays(new Map([[4, output(undefined)]]), lost, 30)).toEqual([]);
});

it.each([
  [null],
  [{ name: 'Ana', delay: known }],
  [output({ ...known, at: 'x' })],
  [output({ ...known, heard: { ...known.heard, censor: 'perhaps' } })],
  [output({ ...known, heard: { type: 'unknown', words: 'x'.repeat(201), sinceMs: 0 } })],
  [output({ ...known, heard: { ...known.heard, startedAtMs: 1e300 } })],
])('what is no Streamdelay server of a wall’s machine, as %j, tells nothing', (state) => {
  expect(read(state)).toEqual([]);
});

it('no more machines are listed than a wall has', () => {
  expect(read(...Array.from({ length: 400 }, () => output(known)))).toHaveLength(12);
});
