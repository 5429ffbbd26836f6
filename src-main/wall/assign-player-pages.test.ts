import { expect, it } from 'vitest';
import { TileId } from '#shared/model/ids.ts';
import { choosePage, type PageTiles } from './assign-player-pages.ts';

const pages = (counts: Readonly<Record<number, number>>): PageTiles =>
  new Map(
    Object.entries(counts).map(([number, count]) => [
      Number(number),
      new Set(Array.from({ length: count }, (_, index) => TileId.parse(`t${number}-${String(index)}`))),
    ]),
  );

it('tiles share a page until it is full', () => {
  const shared = { mustBeAlone: false, perPage: 8 };
  expect(choosePage(pages({}), new Set(), shared)).toBe(0);
  expect(choosePage(pages({ 0: 7 }), new Set(), shared)).toBe(0);
  expect(choosePage(pages({ 0: 8 }), new Set(), shared)).toBe(1);
  expect(choosePage(pages({ 0: 8, 1: 2 }), new Set(), shared)).toBe(1);
});

it('a page with room is used before a new one, also when a later page is full', () => {
  expect(choosePage(pages({ 0: 3, 5: 8 }), new Set(), { mustBeAlone: false, perPage: 8 })).toBe(0);
});

it('a tile that must be alone gets a page that nobody has, and nobody is put beside it', () => {
  expect(choosePage(pages({ 0: 3 }), new Set(), { mustBeAlone: true, perPage: 8 })).toBe(1);
  expect(choosePage(pages({ 1: 1 }), new Set([1]), { mustBeAlone: false, perPage: 8 })).toBe(2);
});
