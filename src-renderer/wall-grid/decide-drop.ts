import { createCellMap, overlaps, sameRect } from '#shared/document/cell-map.ts';
import type { WallCommand } from '#shared/document/command.ts';
import type { WallView } from '#shared/document/view.ts';
import type { StreamId, TileId } from '#shared/model/ids.ts';
import type { CellRect } from '#shared/model/tile.ts';
import { decideResize, type Edge } from './decide-resize.ts';
import type { Cell } from './stage-geometry.ts';
import { isPlaced, placedTiles, tileAt, tileById, tileOfStream, type PlacedTile } from './wall-lookup.ts';

/** What is in the hand. `grab` is the cell of the tile, counted from its own corner, by which it was taken. */
export type DragSubject =
  | { readonly kind: 'tile'; readonly tile: TileId; readonly grab: Cell }
  | { readonly kind: 'stream'; readonly stream: StreamId }
  | { readonly kind: 'edge'; readonly tile: TileId; readonly edge: Edge };

/** What is under the pointer. */
export type DropTarget =
  { readonly kind: 'cell'; readonly cell: Cell } | { readonly kind: 'bench' } | { readonly kind: 'nowhere' };

/** What letting go here would do. */
export type Drop =
  | { readonly kind: 'nothing' }
  /** A new tile on free cells. */
  | { readonly kind: 'place-stream'; readonly stream: StreamId; readonly at: CellRect }
  /** Another stream in a tile that is there. */
  | { readonly kind: 'put-stream'; readonly stream: StreamId; readonly tile: TileId; readonly at: CellRect }
  /** A tile moves or changes its size; `displaced` go to the bench. */
  | {
      readonly kind: 'place-tile';
      readonly tile: TileId;
      readonly at: CellRect;
      readonly displaced: readonly TileId[];
    }
  /** Two tiles exchange their places; `back` is null when the other goes to the bench. */
  | {
      readonly kind: 'swap';
      readonly tile: TileId;
      readonly with: TileId;
      readonly at: CellRect;
      readonly back: CellRect | null;
    }
  | { readonly kind: 'bench'; readonly tile: TileId };

const nothing: Drop = { kind: 'nothing' };

/**
 * What a drop would do. Moving never pushes anybody off the wall: on free cells a tile keeps its size where it can and
 * takes what is free where it cannot, on another tile the two swap. Only pulling an edge over a neighbour benches it.
 */
export function decideDrop(wall: WallView, subject: DragSubject, target: DropTarget): Drop {
  switch (subject.kind) {
    case 'tile': {
      const tile = tileById(wall, subject.tile);
      return tile === undefined ? nothing : dropTile(wall, tile, subject.grab, target);
    }
    case 'stream':
      return dropStream(wall, subject.stream, target);
    case 'edge': {
      const tile = tileById(wall, subject.tile);
      return tile === undefined ? nothing : pullEdge(wall, tile, subject.edge, target);
    }
  }
}

/** A stream that the wall has already is moved, not shown twice. */
function dropStream(wall: WallView, stream: StreamId, target: DropTarget): Drop {
  if (target.kind !== 'cell') return nothing;
  const under = tileAt(wall, target.cell);
  if (under?.stream === stream) return nothing;
  const shown = tileOfStream(wall, stream);
  if (shown !== undefined) return dropTile(wall, shown, { x: 0, y: 0 }, target);
  if (under !== undefined) return { kind: 'put-stream', stream, tile: under.id, at: under.place };
  return { kind: 'place-stream', stream, at: { ...target.cell, w: 1, h: 1 } };
}

function dropTile(wall: WallView, tile: WallView['tiles'][number], grab: Cell, target: DropTarget): Drop {
  if (target.kind === 'nowhere') return nothing;
  if (target.kind === 'bench') return isPlaced(tile) ? { kind: 'bench', tile: tile.id } : nothing;
  const under = tileAt(wall, target.cell);
  if (under !== undefined && under.id !== tile.id) {
    return { kind: 'swap', tile: tile.id, with: under.id, at: under.place, back: tile.place };
  }
  const at = freePlaceAround(wall, tile, grab, target.cell);
  if (at === null || (tile.place !== null && sameRect(at, tile.place))) return nothing;
  return { kind: 'place-tile', tile: tile.id, at, displaced: [] };
}

function pullEdge(wall: WallView, tile: WallView['tiles'][number], edge: Edge, target: DropTarget): Drop {
  if (target.kind !== 'cell' || !isPlaced(tile)) return nothing;
  return resizeTo(wall, tile, decideResize(tile.place, edge, target.cell));
}

/** A tile takes exactly this place; whoever stands there goes to the bench. */
export function resizeTo(wall: WallView, tile: PlacedTile, at: CellRect): Drop {
  if (sameRect(at, tile.place)) return nothing;
  const displaced = placedTiles(wall)
    .filter((other) => other.id !== tile.id && overlaps(other.place, at))
    .map((other) => other.id);
  return { kind: 'place-tile', tile: tile.id, at, displaced };
}

/**
 * Free cells for a tile that include the one under the pointer: of its own size and held where it was grabbed if those
 * are free, else the nearest of its size, else the biggest that fits into it.
 */
function freePlaceAround(
  wall: WallView,
  tile: WallView['tiles'][number],
  grab: Cell,
  cell: Cell,
): CellRect | null {
  const size = {
    w: Math.min(tile.place?.w ?? 1, wall.grid.cols),
    h: Math.min(tile.place?.h ?? 1, wall.grid.rows),
  };
  const others = placedTiles(wall).filter((other) => other.id !== tile.id);
  const cells = createCellMap(
    wall.grid,
    others.map((other) => other.place),
  );
  const held = {
    x: Math.min(Math.max(0, cell.x - grab.x), wall.grid.cols - size.w),
    y: Math.min(Math.max(0, cell.y - grab.y), wall.grid.rows - size.h),
    ...size,
  };
  if (cells.isFree(held)) return held;
  const distance = (rect: CellRect) => Math.abs(rect.x - held.x) + Math.abs(rect.y - held.y);
  const fitting = rectsAround(cell, size.w, size.h).filter((rect) => cells.isFree(rect));
  const better = (a: CellRect, b: CellRect) => b.w * b.h - a.w * a.h || distance(a) - distance(b);
  return fitting.toSorted(better)[0] ?? null;
}

/** Every rectangle of at most that size that covers a cell. */
function rectsAround(cell: Cell, maxW: number, maxH: number): readonly CellRect[] {
  const rects: CellRect[] = [];
  for (let w = 1; w <= maxW; w++) {
    for (let h = 1; h <= maxH; h++) {
      for (let dx = 0; dx < w; dx++) {
        for (let dy = 0; dy < h; dy++) rects.push({ x: cell.x - dx, y: cell.y - dy, w, h });
      }
    }
  }
  return rects;
}

/** The command that does what was decided; `newTile` names the tile that a new stream gets. */
export function commandOfDrop(drop: Drop, newTile: () => TileId): WallCommand | null {
  switch (drop.kind) {
    case 'nothing':
      return null;
    case 'place-stream':
      return { type: 'place-stream', tile: newTile(), stream: drop.stream, at: drop.at };
    case 'put-stream':
      return { type: 'put-stream', tile: drop.tile, stream: drop.stream };
    case 'place-tile':
      return { type: 'place-tile', tile: drop.tile, at: drop.at };
    case 'swap':
      return { type: 'swap-tiles', tile: drop.tile, with: drop.with };
    case 'bench':
      return { type: 'bench-tile', tile: drop.tile };
  }
}

/** Where tiles would stand after a drop; null is the bench. Tiles that do not move are not named. */
export function placesAfter(drop: Drop): ReadonlyMap<TileId, CellRect | null> {
  switch (drop.kind) {
    case 'place-tile':
      return new Map<TileId, CellRect | null>([
        ...drop.displaced.map((tile) => [tile, null] as const),
        [drop.tile, drop.at],
      ]);
    case 'swap':
      return new Map<TileId, CellRect | null>([
        [drop.with, drop.back],
        [drop.tile, drop.at],
      ]);
    case 'bench':
      return new Map([[drop.tile, null]]);
    case 'nothing':
    case 'place-stream':
    case 'put-stream':
      return new Map();
  }
}

/** Whether two drops would do the same; a stream that is on its way to the wall is not put there twice. */
export function sameDrop(a: Drop, b: Drop): boolean {
  if (a.kind === 'place-stream' && b.kind === 'place-stream') return a.stream === b.stream;
  return JSON.stringify(a) === JSON.stringify(b);
}
