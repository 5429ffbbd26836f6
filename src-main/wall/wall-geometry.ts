import type { CellRect, Grid } from '#shared/model/tile.ts';
import type { PixelRect } from '#shared/protocol/wall-layers.ts';

export type PixelSize = { readonly width: number; readonly height: number };

/**
 * Where a rectangle of cells lies on a wall of so many pixels. Edges are rounded, not sizes: two tiles that share an
 * edge of the grid share it on the screen, and the outermost edges are the wall's own.
 */
export function cellsToPixels(cells: CellRect, grid: Grid, wall: PixelSize): PixelRect {
  const x = edge(cells.x, grid.cols, wall.width);
  const y = edge(cells.y, grid.rows, wall.height);
  return {
    x,
    y,
    width: edge(cells.x + cells.w, grid.cols, wall.width) - x,
    height: edge(cells.y + cells.h, grid.rows, wall.height) - y,
  };
}

const edge = (cell: number, cells: number, length: number): number =>
  Math.round((Math.min(cell, cells) * length) / cells);

export const sameRect = (a: PixelRect, b: PixelRect): boolean =>
  a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;
