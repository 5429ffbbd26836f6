import type { CellRect, Grid } from '#shared/model/tile.ts';

/** A grid cell; x and y count from the top left, from 0. */
export type Cell = Readonly<{ x: number; y: number }>;

/** A rectangle on the screen, in CSS pixels. */
export type PixelBox = Readonly<{ left: number; top: number; width: number; height: number }>;

export type Direction = 'left' | 'right' | 'up' | 'down';

/** The cell under a point of the screen, or null beside the stage. */
export function cellAt(point: Cell, stage: PixelBox, grid: Grid): Cell | null {
  const inside =
    point.x >= stage.left &&
    point.y >= stage.top &&
    point.x < stage.left + stage.width &&
    point.y < stage.top + stage.height;
  return inside ? nearestCell(point, stage, grid) : null;
}

/** The cell under a point, or the one nearest to it. A stage without size has its first cell everywhere. */
export function nearestCell(point: Cell, stage: PixelBox, grid: Grid): Cell {
  return {
    x: indexAt(point.x - stage.left, stage.width, grid.cols),
    y: indexAt(point.y - stage.top, stage.height, grid.rows),
  };
}

function indexAt(offset: number, length: number, count: number): number {
  if (!(length > 0)) return 0;
  return Math.min(count - 1, Math.max(0, Math.floor((offset / length) * count)));
}

/** Where a rectangle of cells stands on the stage, as shares of the stage. */
export function stageShares(rect: CellRect, grid: Grid) {
  const percent = (part: number, whole: number) => `${(100 * part) / whole}%`;
  return {
    left: percent(rect.x, grid.cols),
    top: percent(rect.y, grid.rows),
    width: percent(rect.w, grid.cols),
    height: percent(rect.h, grid.rows),
  };
}

/** The rectangle one cell further, whether or not it is still on the grid. */
export function shifted(rect: CellRect, direction: Direction): CellRect {
  switch (direction) {
    case 'left':
      return { ...rect, x: rect.x - 1 };
    case 'right':
      return { ...rect, x: rect.x + 1 };
    case 'up':
      return { ...rect, y: rect.y - 1 };
    case 'down':
      return { ...rect, y: rect.y + 1 };
  }
}

export function coversCell(rect: CellRect, cell: Cell): boolean {
  return cell.x >= rect.x && cell.y >= rect.y && cell.x < rect.x + rect.w && cell.y < rect.y + rect.h;
}

/** Every cell of a grid, in reading order. */
export function cellsOf(grid: Grid): readonly Cell[] {
  return Array.from({ length: grid.cols * grid.rows }, (_, index) => ({
    x: index % grid.cols,
    y: Math.floor(index / grid.cols),
  }));
}
