import { expect, it } from 'vitest';
import { benchedByGrid } from './grid-change.ts';
import { streamId, streamOf, tileId, wallOf } from './sample-wall.ts';
import { codeOfTile, tileAtIndex, tileOfStream } from './wall-lookup.ts';

const wall = wallOf(['aab', 'aa.', 'c..'], 'd');

it('cells are counted in reading order, and a big tile has the numbers of all its cells', () => {
  const letters = Array.from({ length: 9 }, (_, index) => tileAtIndex(wall, index)?.id ?? '.');
  expect(letters.join('')).toBe('aabaa.c..');
  expect(tileAtIndex(wall, 9)).toBe(undefined);
});

it('a stream is found on the wall before the bench', () => {
  expect(tileOfStream(wall, streamId('a'))?.id).toBe(tileId('a'));
  expect(tileOfStream(wall, streamId('d'))?.place).toBe(null);
  expect(tileOfStream(wall, streamId('z'))).toBe(undefined);
});

it('a tile whose stream is gone has a dash for a code', () => {
  const streams = new Map([[streamId('a'), streamOf('a')]]);
  expect(codeOfTile(wall, streams, tileId('a'))).toBe('a');
  expect(codeOfTile(wall, streams, tileId('b'))).toBe('–');
  expect(codeOfTile(wall, streams, tileId('z'))).toBe('–');
});

it('a smaller grid says beforehand how many tiles it costs', () => {
  expect(benchedByGrid(wall, { cols: 3, rows: 3 })).toBe(0);
  expect(benchedByGrid(wall, { cols: 2, rows: 2 })).toBe(2);
  expect(benchedByGrid(wall, { cols: 1, rows: 1 })).toBe(3);
});
