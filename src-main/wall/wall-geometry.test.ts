import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cellsToPixels } from './wall-geometry.ts';

const side = fc.integer({ min: 1, max: 12 });
const pixels = fc.integer({ min: 12, max: 5000 });

it('the cells of any grid cover a wall of any size exactly, without a gap or an overlap', () => {
  fc.assert(
    fc.property(side, side, pixels, pixels, (cols, rows, width, height) => {
      const grid = { cols, rows };
      const cell = (x: number, y: number) => cellsToPixels({ x, y, w: 1, h: 1 }, grid, { width, height });
      for (let y = 0; y < rows; y++) {
        for (let x = 0; x < cols; x++) {
          const here = cell(x, y);
          expect(here.width).toBeGreaterThan(0);
          expect(here.height).toBeGreaterThan(0);
          expect(here.x + here.width).toBe(x + 1 < cols ? cell(x + 1, y).x : width);
          expect(here.y + here.height).toBe(y + 1 < rows ? cell(x, y + 1).y : height);
        }
      }
      expect(cell(0, 0)).toMatchObject({ x: 0, y: 0 });
    }),
  );
});

it('a tile of several cells has the edges of its outermost cells', () => {
  fc.assert(
    fc.property(pixels, pixels, (width, height) => {
      const grid = { cols: 7, rows: 5 };
      const tile = cellsToPixels({ x: 2, y: 1, w: 3, h: 2 }, grid, { width, height });
      const last = cellsToPixels({ x: 4, y: 2, w: 1, h: 1 }, grid, { width, height });
      expect(tile.x + tile.width).toBe(last.x + last.width);
      expect(tile.y + tile.height).toBe(last.y + last.height);
    }),
  );
});

it('a place beyond the grid ends at the wall', () => {
  const tile = cellsToPixels({ x: 1, y: 1, w: 5, h: 5 }, { cols: 2, rows: 2 }, { width: 100, height: 100 });
  expect(tile).toEqual({ x: 50, y: 50, width: 50, height: 50 });
});
