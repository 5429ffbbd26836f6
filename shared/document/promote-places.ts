import type { CellRect, Grid } from '../model/tile.ts';
import { createCellMap, overlaps } from './cell-map.ts';

type Placed = Readonly<{ id: string; place: CellRect }>;

/** Where everybody stands once one tile is the biggest. `places` names only the tiles that move. */
export type Promotion<Id> = Readonly<{ places: ReadonlyMap<Id, CellRect>; benched: readonly Id[] }>;

/**
 * Makes one tile big: it grows where it stands; tiles that stay clear of it do not move, those in its way take the
 * nearest free places in reading order, at their own size or else as one cell, and who finds none goes to the bench.
 * `others` are the tiles on the wall in reading order, without the promoted one; `from` is its own place, null on the bench.
 */
export function promotePlaces<T extends Placed>(
  promoted: T['id'],
  from: CellRect | null,
  others: readonly T[],
  grid: Grid,
): Promotion<T['id']> {
  const size = promotedSize(grid, others.length);
  const big = {
    x: Math.min(from?.x ?? 0, grid.cols - size.w),
    y: Math.min(from?.y ?? 0, grid.rows - size.h),
    ...size,
  };
  const places = new Map<T['id'], CellRect>([[promoted, big]]);
  const benched: T['id'][] = [];
  const displaced = others.filter((tile) => overlaps(tile.place, big));
  const staying = others.filter((tile) => !overlaps(tile.place, big));
  const cells = createCellMap(grid, [big, ...staying.map((tile) => tile.place)]);
  for (const { id, place } of displaced) {
    const found = cells.findFree(place.w, place.h) ?? cells.findFree(1, 1);
    if (found === null) {
      benched.push(id);
    } else {
      cells.take(found);
      places.set(id, found);
    }
  }
  return { places, benched };
}

/**
 * How big a promoted tile gets: as big as a picture of the wall's own shape can be while a third of the cells is left to
 * the others (or as many cells as there are others). 2 x 2 of 3 x 3, 3 x 3 of 4 x 4, 9 x 9 of 12 x 12. On walls of up to
 * four cells nothing smaller than the whole wall would be big.
 */
export function promotedSize({ cols, rows }: Grid, others: number): { w: number; h: number } {
  const cells = cols * rows;
  const kept = cells <= 4 ? 0 : Math.min(others, Math.ceil(cells / 3));
  let best = { w: 1, h: 1 };
  let bestScale = 0;
  for (let w = 1; w <= cols; w++) {
    for (let h = 1; h <= rows; h++) {
      const scale = Math.min(w / cols, h / rows);
      const smallerForTheSame = scale === bestScale && w * h < best.w * best.h;
      if (w * h <= cells - kept && (scale > bestScale || smallerForTheSame)) {
        best = { w, h };
        bestScale = scale;
      }
    }
  }
  return best;
}
