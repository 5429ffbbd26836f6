import { expect, it } from 'vitest';
import { streamId, streamOf } from '../wall-grid/sample-wall.ts';
import { selectionAfter } from './many-streams.ts';

const rows = Array.from('abcde', (letter) => streamOf(letter));
const after = (selected: string, clicked: string, from: string | null, held: string) =>
  [
    ...selectionAfter(
      new Set(Array.from(selected, streamId)),
      rows,
      streamId(clicked),
      from === null ? null : streamId(from),
      { toggle: held.includes('c'), range: held.includes('s') },
    ),
  ]
    .map((id) => id.slice(-1))
    .join('');

it('a click alone lets go of all', () => {
  expect(after('ab', 'c', 'a', '')).toBe('');
});

it('with Ctrl it toggles one', () => {
  expect(after('ab', 'c', 'a', 'c')).toBe('abc');
  expect(after('abc', 'b', 'a', 'c')).toBe('ac');
});

it('with Shift it takes all from the last one, in either direction', () => {
  expect(after('e', 'd', 'b', 's')).toBe('bcd');
  expect(after('', 'a', 'c', 's')).toBe('abc');
  expect(after('e', 'b', 'a', 'cs')).toBe('eab');
  expect(after('', 'c', null, 's')).toBe('c');
});
