import type { WallView } from '#shared/document/view.ts';
import type { TileId } from '#shared/model/ids.ts';
import { coversCell, type Cell, type Direction } from './stage-geometry.ts';
import { isPlaced, tileAt, tileById, type PlacedTile } from './wall-lookup.ts';

/**
 * Where the keyboard is on the stage: a cell, and the tile that was there when it came. The cell remembers the row or
 * column on the way through a big tile; the tile is followed when somebody moves it.
 */
export type StageCursor = Readonly<{ x: number; y: number; tile: TileId | null }>;

/** What the cursor stands on now. */
export type StageSpot =
  | { readonly kind: 'tile'; readonly tile: PlacedTile; readonly cell: Cell }
  | { readonly kind: 'empty'; readonly cell: Cell };

export function cursorAt(wall: WallView, cell: Cell): StageCursor {
  return { x: cell.x, y: cell.y, tile: tileAt(wall, cell)?.id ?? null };
}

export function sameCursor(a: StageCursor, b: StageCursor): boolean {
  return a.x === b.x && a.y === b.y && a.tile === b.tile;
}

/** Total: a cursor whose tile has gone stands on whatever is at its cell, one off the grid on the nearest cell. */
export function spotOf(wall: WallView, cursor: StageCursor): StageSpot {
  const followed = cursor.tile === null ? undefined : tileById(wall, cursor.tile);
  if (followed !== undefined && isPlaced(followed)) {
    const { x, y, w, h } = followed.place;
    const cell = coversCell(followed.place, cursor)
      ? { x: cursor.x, y: cursor.y }
      : { x: clamp(cursor.x, x, x + w - 1), y: clamp(cursor.y, y, y + h - 1) };
    return { kind: 'tile', tile: followed, cell };
  }
  const cell = { x: clamp(cursor.x, 0, wall.grid.cols - 1), y: clamp(cursor.y, 0, wall.grid.rows - 1) };
  const tile = tileAt(wall, cell);
  return tile === undefined ? { kind: 'empty', cell } : { kind: 'tile', tile, cell };
}

/** The next tile or empty cell in a direction; at the edge of the wall the cursor stays. */
export function moveCursor(wall: WallView, cursor: StageCursor, direction: Direction): StageCursor {
  const spot = spotOf(wall, cursor);
  const { x, y, w, h } = spot.kind === 'tile' ? spot.tile.place : { ...spot.cell, w: 1, h: 1 };
  const next = {
    left: { x: x - 1, y: spot.cell.y },
    right: { x: x + w, y: spot.cell.y },
    up: { x: spot.cell.x, y: y - 1 },
    down: { x: spot.cell.x, y: y + h },
  }[direction];
  const onGrid = next.x >= 0 && next.y >= 0 && next.x < wall.grid.cols && next.y < wall.grid.rows;
  return cursorAt(wall, onGrid ? next : spot.cell);
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
