import { expect, it } from 'vitest';
import { shareUnchanged } from './share-unchanged.ts';

it('an equal value is the older one itself', () => {
  const before = { name: 'x', list: [{ id: 'a', place: { x: 1 } }], none: null };
  expect(shareUnchanged(before, structuredClone(before))).toBe(before);
});

it('records of a list keep their identity when others join, leave or change', () => {
  const before = [
    { id: 'a', n: 1 },
    { id: 'b', n: 2 },
    { id: 'c', n: 3 },
  ];
  const after = shareUnchanged(before, [
    { id: 'c', n: 3 },
    { id: 'b', n: 9 },
    { id: 'd', n: 4 },
  ]);
  expect(after[0]).toBe(before[2]);
  expect(after[1]).toEqual({ id: 'b', n: 9 });
  expect(after.map(({ id }) => id)).toEqual(['c', 'b', 'd']);
});

it('a reordered list is a new list of the old records', () => {
  const before = [{ id: 'a' }, { id: 'b' }];
  const after = shareUnchanged(before, [{ id: 'b' }, { id: 'a' }]);
  expect(after).not.toBe(before);
  expect(after[0]).toBe(before[1]);
});

it('a field that went or came makes a new record', () => {
  const before: { a: number; b?: number | undefined } = { a: 1, b: undefined };
  expect(shareUnchanged(before, { a: 1 })).not.toBe(before);
  expect(shareUnchanged<typeof before>({ a: 1 }, { a: 1, b: undefined })).toEqual({ a: 1, b: undefined });
});

it('null, a list and a record are not taken for each other', () => {
  expect(shareUnchanged<unknown>(null, {})).toEqual({});
  expect(shareUnchanged<unknown>({}, [])).toEqual([]);
  expect(shareUnchanged<unknown>([1], null)).toBe(null);
});
