import { expect, it } from 'vitest';
import { TileFault } from '#shared/protocol/tile-report.ts';
import { nextLife, startLife } from './tile-lifecycle.ts';
import { tileWords } from './tile-words.ts';

const failed = (fault: TileFault) => nextLife(startLife(0), { type: 'failed', fault }, { nowMs: 0, dice: 0 });

it('a tile says what happened and when it is tried again', () => {
  expect(tileWords(failed('no-media'), 0)).toBe('The page has no video. Trying again in 1 s.');
  expect(tileWords(failed('login-needed'), 2500)).toBe(
    'The page asks for a login. Open the page to log in. Trying again in 8 s.',
  );
});

it('a tile that plays, or loads for the first time, says nothing', () => {
  expect(tileWords(startLife(0), 0)).toBe('');
  expect(tileWords(nextLife(startLife(0), { type: 'frames' }, { nowMs: 1, dice: 0 }), 1)).toBe('');
});

it('while it is tried again, the reason of the last failure stays', () => {
  const again = nextLife(failed('network'), { type: 'time' }, { nowMs: 1000, dice: 0 });
  expect(tileWords(again, 1000)).toBe('The stream does not answer. Trying again now.');
});

it.each(TileFault.options)('the fault "%s" is said in whole sentences', (fault) => {
  expect(tileWords(failed(fault), 0)).toMatch(/^[A-Z][^.]+\.( [A-Z][^.]+\.)? Trying again in \d+ s\.$/);
});
