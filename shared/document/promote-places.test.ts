import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_GRID_SIDE, type CellRect } from '../model/tile.ts';
import { arrangeTiles } from './arrange-tiles.ts';
import { fitsGrid, overlaps } from './cell-map.ts';
import { firstFreePlace } from './first-free-place.ts';
import { promotedSize, promotePlaces } from './promote-places.ts';

const sideLength = fc.integer({ min: 1, max: MAX_GRID_SIDE });
const grid = fc.record({ cols: sideLength, rows: sideLength });
const rect = fc.record({
  x: fc.integer({ min: 0, max: 11 }),
  y: fc.integer({ min: 0, max: 11 }),
  w: fc.integer({ min: 1, max: 4 }),
  h: fc.integer({ min: 1, max: 4 }),
});

/** A wall as it can be: a grid, and tiles that stand on it without overlapping. */
const wall = fc.tuple(grid, fc.array(rect, { maxLength: 60 })).map(([on, rects]) => {
  const tiles = rects.map((place, index) => ({
    id: `t${index}`,
    place: { ...place, placedAt: String(index).padStart(3, '0') },
    benched: false,
  }));
  return { grid: on, tiles: arrangeTiles(tiles, on).placed };
});

describe('promote', () => {
  test('[W10] keeps every tile: on the wall without overlap, or on the bench', () => {
    fc.assert(
      fc.property(wall, fc.nat(), ({ grid: on, tiles }, pick) => {
        const chosen = tiles.length === 0 ? undefined : tiles[pick % tiles.length];
        const others = tiles.filter((tile) => tile !== chosen);
        const { places, benched } = promotePlaces('big', chosen?.place ?? null, others, on);
        const shown: CellRect[] = [places.get('big') as CellRect];
        for (const tile of others) {
          const place = places.get(tile.id) ?? tile.place;
          if (benched.includes(tile.id)) expect(places.has(tile.id)).toBe(false);
          else shown.push(place);
        }
        for (const [index, place] of shown.entries()) {
          expect(fitsGrid(place, on)).toBe(true);
          for (const other of shown.slice(index + 1)) expect(overlaps(place, other)).toBe(false);
        }
      }),
    );
  });

  test('[W10] no tile is benched while a cell is free', () => {
    fc.assert(
      fc.property(wall, ({ grid: on, tiles }) => {
        const { places, benched } = promotePlaces('big', null, tiles, on);
        const shown = tiles.filter((tile) => !benched.includes(tile.id));
        const taken = [
          ...shown.map((tile) => places.get(tile.id) ?? tile.place),
          places.get('big') as CellRect,
        ];
        if (benched.length > 0) expect(firstFreePlace(on, taken)).toBe(null);
      }),
    );
  });

  test('[W10] the promoted tile is the biggest that leaves the others a third of the wall', () => {
    expect(promotedSize({ cols: 3, rows: 3 }, 8)).toEqual({ w: 2, h: 2 });
    expect(promotedSize({ cols: 4, rows: 4 }, 15)).toEqual({ w: 3, h: 3 });
    expect(promotedSize({ cols: 4, rows: 3 }, 11)).toEqual({ w: 3, h: 2 });
    expect(promotedSize({ cols: 12, rows: 12 }, 143)).toEqual({ w: 9, h: 9 });
    expect(promotedSize({ cols: 2, rows: 2 }, 3)).toEqual({ w: 2, h: 2 });
    expect(promotedSize({ cols: 5, rows: 1 }, 4)).toEqual({ w: 3, h: 1 });
    expect(promotedSize({ cols: 3, rows: 3 }, 0)).toEqual({ w: 3, h: 3 });
  });

  test('[W10] it grows where it stands, and tiles that are clear of it do not move', () => {
    const place = (x: number, y: number) => ({ x, y, w: 1, h: 1 });
    const others = [
      { id: 'top-left', place: place(0, 0) },
      { id: 'middle', place: place(1, 1) },
      { id: 'left', place: place(0, 2) },
    ];
    const { places, benched } = promotePlaces('big', place(2, 2), others, { cols: 3, rows: 3 });
    expect([...places]).toEqual([
      ['big', { x: 1, y: 1, w: 2, h: 2 }],
      ['middle', place(1, 0)],
    ]);
    expect(benched).toEqual([]);
  });
});

describe('first free place', () => {
  test('[W9] is on the grid and free, and there is one as long as a cell is free', () => {
    fc.assert(
      fc.property(wall, rect, ({ grid: on, tiles }, size) => {
        const taken = tiles.map((tile) => tile.place);
        const found = firstFreePlace(on, taken, size);
        const used = taken.reduce((sum, { w, h }) => sum + w * h, 0);
        expect(found === null).toBe(used === on.cols * on.rows);
        if (found === null) return;
        expect(fitsGrid(found, on)).toBe(true);
        for (const other of taken) expect(overlaps(found, other)).toBe(false);
      }),
    );
  });

  test('[W9] takes the asked size where it fits, else one cell, in reading order', () => {
    const wide = [{ x: 0, y: 0, w: 2, h: 1 }];
    expect(firstFreePlace({ cols: 3, rows: 2 }, wide, { w: 2, h: 1 })).toEqual({ x: 0, y: 1, w: 2, h: 1 });
    expect(firstFreePlace({ cols: 3, rows: 2 }, wide, { w: 3, h: 2 })).toEqual({ x: 2, y: 0, w: 1, h: 1 });
  });
});
