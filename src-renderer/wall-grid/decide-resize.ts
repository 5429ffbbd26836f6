import { fitsGrid } from '#shared/document/cell-map.ts';
import type { CellRect, Grid } from '#shared/model/tile.ts';
import type { Cell, Direction } from './stage-geometry.ts';

/** The side or corner by which a tile is pulled: compass points, north is up. */
export type Edge = 'n' | 'ne' | 'e' | 'se' | 's' | 'sw' | 'w' | 'nw';

/** The tile's new place when an edge is pulled to a cell. The opposite edge stays; a tile is never less than one cell. */
export function decideResize(place: CellRect, edge: Edge, cell: Cell): CellRect {
  const right = place.x + place.w - 1;
  const bottom = place.y + place.h - 1;
  let { x, y } = place;
  let [endX, endY] = [right, bottom];
  if (edge.includes('w')) x = Math.min(cell.x, right);
  if (edge.includes('e')) endX = Math.max(cell.x, place.x);
  if (edge.includes('n')) y = Math.min(cell.y, bottom);
  if (edge.includes('s')) endY = Math.max(cell.y, place.y);
  return { x, y, w: endX - x + 1, h: endY - y + 1 };
}

/** The tile's new place after a resize key: right and down grow it, left and up shrink it. Null where it cannot. */
export function resizeByKey(place: CellRect, direction: Direction, grid: Grid): CellRect | null {
  const grown = {
    right: { ...place, w: place.w + 1 },
    left: { ...place, w: place.w - 1 },
    down: { ...place, h: place.h + 1 },
    up: { ...place, h: place.h - 1 },
  }[direction];
  return fitsGrid(grown, grid) ? grown : null;
}
