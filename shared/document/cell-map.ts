import type { CellRect, Grid } from '../model/tile.ts';

/** Whether a rectangle lies wholly on the grid. Total: fractions, negatives and NaN lie outside. */
export function fitsGrid({ x, y, w, h }: CellRect, { cols, rows }: Grid): boolean {
  return (
    Number.isInteger(x) &&
    Number.isInteger(y) &&
    Number.isInteger(w) &&
    Number.isInteger(h) &&
    x >= 0 &&
    y >= 0 &&
    w >= 1 &&
    h >= 1 &&
    x + w <= cols &&
    y + h <= rows
  );
}

export function overlaps(a: CellRect, b: CellRect): boolean {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

export function sameRect(a: CellRect, b: CellRect): boolean {
  return a.x === b.x && a.y === b.y && a.w === b.w && a.h === b.h;
}

/** Row by row from the top, each from the left: the order in which a wall is read. */
export function inReadingOrder(a: CellRect, b: CellRect): number {
  return a.y - b.y || a.x - b.x;
}

/** Which cells of a grid are taken, while an arrangement is worked out. */
export type CellMap = {
  /** True when the rectangle lies on the grid and nothing is on its cells. */
  readonly isFree: (rect: CellRect) => boolean;
  /** Marks the cells of a rectangle that lies on the grid. */
  readonly take: (rect: CellRect) => void;
  /** The first place in reading order where `w` x `h` cells are free. */
  readonly findFree: (w: number, h: number) => CellRect | null;
};

export function createCellMap(grid: Grid, taken: Iterable<CellRect> = []): CellMap {
  const cells = new Uint8Array(grid.cols * grid.rows);
  const isFree = (rect: CellRect): boolean => {
    if (!fitsGrid(rect, grid)) return false;
    for (let y = rect.y; y < rect.y + rect.h; y++) {
      for (let x = rect.x; x < rect.x + rect.w; x++) if (cells[y * grid.cols + x] === 1) return false;
    }
    return true;
  };
  const take = (rect: CellRect): void => {
    for (let y = rect.y; y < rect.y + rect.h; y++) {
      const row = y * grid.cols;
      cells.fill(1, row + rect.x, row + rect.x + rect.w);
    }
  };
  const findFree = (w: number, h: number): CellRect | null => {
    for (let y = 0; y + h <= grid.rows; y++) {
      for (let x = 0; x + w <= grid.cols; x++) {
        const rect = { x, y, w, h };
        if (isFree(rect)) return rect;
      }
    }
    return null;
  };
  for (const rect of taken) if (fitsGrid(rect, grid)) take(rect);
  return { isFree, take, findFree };
}
