import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_GRID_SIDE, type Grid } from '../model/tile.ts';
import { arrangeTiles, type ArrangedTile } from './arrange-tiles.ts';
import { fitsGrid, overlaps } from './cell-map.ts';

const grid: fc.Arbitrary<Grid> = fc.record({
  cols: fc.integer({ min: 1, max: MAX_GRID_SIDE }),
  rows: fc.integer({ min: 1, max: MAX_GRID_SIDE }),
});

/** Mostly sensible numbers, and everything else that could be received. */
const coordinate = fc.oneof(
  { weight: 12, arbitrary: fc.integer({ min: 0, max: 12 }) },
  { weight: 1, arbitrary: fc.constantFrom(-1, 0.5, 1e9, Number.MAX_SAFE_INTEGER, Infinity, -Infinity, NaN) },
);
const side = fc.oneof(
  { weight: 12, arbitrary: fc.integer({ min: 1, max: 5 }) },
  { weight: 1, arbitrary: coordinate },
);
const tiles = fc.uniqueArray(
  fc.record({
    id: fc.stringMatching(/^[a-z]{1,3}$/),
    place: fc.record({
      x: coordinate,
      y: coordinate,
      w: side,
      h: side,
      placedAt: fc.constantFrom('', '1', '2', '3', '30', '4'),
    }),
    benched: fc.boolean(),
  }),
  { selector: (tile) => tile.id, maxLength: 40 },
);

const at = (id: string, x: number, y: number, placedAt: string, benched = false): ArrangedTile => ({
  id,
  place: { x, y, w: 1, h: 1, placedAt },
  benched,
});
const ids = (list: readonly ArrangedTile[]) => list.map((tile) => tile.id);

describe('arrange-tiles', () => {
  test('[W1] any tiles on any grid: rectangles lie on the grid and never overlap', () => {
    fc.assert(
      fc.property(tiles, grid, (some, on) => {
        const { placed } = arrangeTiles(some, on);
        for (const [index, tile] of placed.entries()) {
          expect(fitsGrid(tile.place, on)).toBe(true);
          for (const other of placed.slice(index + 1)) expect(overlaps(tile.place, other.place)).toBe(false);
        }
      }),
    );
  });

  test('[W1] any tiles on any grid: every tile is placed or benched, none in both, none in neither', () => {
    fc.assert(
      fc.property(tiles, grid, (some, on) => {
        const { placed, bench } = arrangeTiles(some, on);
        expect([...ids(placed), ...ids(bench)].sort()).toEqual(ids(some).sort());
      }),
    );
  });

  test('[W1] the order in which tiles are met makes no difference', () => {
    const shuffled = tiles.chain((some) =>
      fc.tuple(fc.constant(some), fc.shuffledSubarray(some, { minLength: some.length })),
    );
    fc.assert(
      fc.property(shuffled, grid, ([some, other], on) => {
        const one = arrangeTiles(some, on);
        const two = arrangeTiles(other, on);
        expect(ids(two.placed)).toEqual(ids(one.placed));
        expect(ids(two.bench)).toEqual(ids(one.bench));
      }),
    );
  });

  test('[W1] who is benched without having been told so was in the way of a later one, or off the grid', () => {
    fc.assert(
      fc.property(tiles, grid, (some, on) => {
        const { placed, bench } = arrangeTiles(some, on);
        for (const tile of bench) {
          const beaten = placed.some(
            (other) => overlaps(other.place, tile.place) && other.place.placedAt >= tile.place.placedAt,
          );
          expect(tile.benched || beaten || !fitsGrid(tile.place, on)).toBe(true);
        }
      }),
    );
  });

  test('[W1] a tile that was benched stays on the bench, however free its cells are', () => {
    fc.assert(
      fc.property(tiles, grid, (some, on) => {
        expect(arrangeTiles(some, on).placed.some((tile) => tile.benched)).toBe(false);
      }),
    );
  });

  test('[W1] the latest placed gets the cell; of two at the same moment the smaller id', () => {
    const wall = arrangeTiles(
      [at('a', 0, 0, '1'), at('b', 0, 0, '2'), at('d', 1, 0, '3'), at('c', 1, 0, '3')],
      {
        cols: 2,
        rows: 1,
      },
    );
    expect(ids(wall.placed)).toEqual(['b', 'c']);
    expect(ids(wall.bench)).toEqual(['d', 'a']);
  });

  test('[W1] tiles on the wall are listed as they are read, row by row', () => {
    const wall = arrangeTiles(
      [at('a', 1, 1, '9'), at('b', 1, 0, '1'), at('c', 0, 1, '5'), at('d', 0, 0, '2')],
      {
        cols: 2,
        rows: 2,
      },
    );
    expect(ids(wall.placed)).toEqual(['d', 'b', 'c', 'a']);
  });
});
