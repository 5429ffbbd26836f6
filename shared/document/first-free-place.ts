import type { CellRect, Grid } from '../model/tile.ts';
import { createCellMap } from './cell-map.ts';

/**
 * Where a tile goes when nobody said where: the first free place of its size in reading order, else the first free cell.
 * Null when the wall is full.
 */
export function firstFreePlace(
  grid: Grid,
  taken: Iterable<CellRect>,
  size: Readonly<{ w: number; h: number }> = { w: 1, h: 1 },
): CellRect | null {
  const cells = createCellMap(grid, taken);
  return cells.findFree(size.w, size.h) ?? cells.findFree(1, 1);
}
