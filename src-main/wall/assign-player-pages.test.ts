import { expect, it } from 'vitest';
import { choosePage, createSuspects, type PageRoom } from './assign-player-pages.ts';

const page = (number: number, size: number, isAlone = false): PageRoom => ({
  number,
  isAlone,
  tiles: { size },
});
const shared = { mustBeAlone: false, perPage: 8 };

it('tiles share a page until it is full', () => {
  expect(choosePage([], shared)).toBe(0);
  expect(choosePage([page(0, 7)], shared)).toBe(0);
  expect(choosePage([page(0, 8)], shared)).toBe(1);
  expect(choosePage([page(0, 8), page(1, 2)], shared)).toBe(1);
});

it('a page with room is used before a new one, also when a later page is full', () => {
  expect(choosePage([page(0, 3), page(5, 8)], shared)).toBe(0);
});

it('a tile that must be alone gets a page that nobody has, and nobody is put beside it', () => {
  expect(choosePage([page(0, 3)], { mustBeAlone: true, perPage: 8 })).toBe(1);
  expect(choosePage([page(1, 1, true)], shared)).toBe(2);
});

const MINUTE = 60_000;

it('media that was there twice when a page died is suspected, once is chance', () => {
  const suspects = createSuspects();
  suspects.note('a', 0);
  expect(suspects.has('a', 0)).toBe(false);
  suspects.note('a', MINUTE);
  expect(suspects.has('a', MINUTE)).toBe(true);
});

it('two deaths far apart are chance, and suspicion ends when nothing more happens', () => {
  const suspects = createSuspects();
  suspects.note('a', 0);
  suspects.note('a', 11 * MINUTE);
  expect(suspects.has('a', 11 * MINUTE)).toBe(false);
  suspects.note('a', 12 * MINUTE);
  expect(suspects.has('a', 20 * MINUTE)).toBe(true);
  expect(suspects.has('a', 22 * MINUTE)).toBe(false);
});

it('only so many addresses are remembered', () => {
  const suspects = createSuspects();
  suspects.note('a', 0);
  suspects.note('a', 0);
  for (let n = 0; n < 1000; n++) suspects.note(String(n), 0);
  expect(suspects.has('a', 0)).toBe(false);
});
