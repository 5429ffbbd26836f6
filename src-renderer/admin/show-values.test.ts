import { expect, it } from 'vitest';
import { briefOf, momentOf, sizeOf, valueOf } from './show-values.ts';

it('sizes have units', () => {
  expect([0, 812, 3_400, 12_345_678, null].map(sizeOf)).toEqual(['0 B', '812 B', '3.4 kB', '12 MB', '']);
});

it('values are shown a line for each field, and nothing for nothing', () => {
  expect(valueOf({ title: 'Old', tags: ['a'], pinned: true })).toBe('title: Old\ntags: ["a"]\npinned: true');
  expect([valueOf(null), valueOf('x'), momentOf(null)]).toEqual(['', '"x"', '']);
});

it('what is long is shown by its beginning, and what is not in full', () => {
  expect(briefOf('short')).toBe('short');
  expect(briefOf('word '.repeat(60))).toBe('word '.repeat(60));
  expect(briefOf('word '.repeat(61))).toBe(`${'word '.repeat(18).trimEnd()} …`);
});
