import { expect, it } from 'vitest';
import { delayLines } from './delay-lines.ts';

const unknown = { type: 'unknown', words: 'Away.', sinceMs: 3 } as const;
const far = { at: 'mark-0001', machine: 'Wall', heard: unknown };

it('the Streamdelay servers behind a wall are this machine’s own, and those of others that show it', () => {
  expect(delayLines({ delay: null, farDelays: [] })).toEqual([]);
  expect(delayLines({ delay: { type: 'off' }, farDelays: [far] })).toEqual([far]);
  const own = { ...unknown, server: 'http://x' };
  expect(delayLines({ delay: own, farDelays: [far] })).toEqual([
    { at: 'here', machine: '', heard: own },
    far,
  ]);
});
