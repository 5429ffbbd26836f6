import { expect, it } from 'vitest';
import type { HeardDelay } from '#shared/protocol/delay-state.ts';
import { delayWords, elapsed } from './delay-words.ts';

const known = (part: object) =>
  ({
    type: 'known',
    delaySeconds: 15,
    censor: 'off',
    stream: 'running',
    startedAtMs: 0,
    ...part,
  }) as HeardDelay;

it('a broadcast is called covered only while its server says so', () => {
  expect(delayWords(known({}))).toMatchObject({ tone: 'calm' });
  expect(delayWords(known({ censor: 'on' }))).toMatchObject({ tone: 'covered', words: 'Broadcast covered' });
  expect(delayWords(known({ censor: 'lifting' })).words).not.toContain('Broadcast covered');
  const lost = delayWords({ type: 'unknown', words: 'It cannot be reached.', sinceMs: 0 });
  expect(lost).toMatchObject({ tone: 'unknown', words: 'Streamdelay: unknown' });
  expect(lost.more).toMatch(/^It cannot be reached\. Since .+\.$/);
});

it('the delay and how long the broadcast runs are told', () => {
  expect(delayWords(known({})).more).toContain('15 s behind');
  expect(elapsed(0, 3_723_000)).toBe('1:02:03');
  expect(elapsed(10_000, 0)).toBe('0:00:00');
  expect(elapsed(null, 0)).toBe('');
});
