import { createCellMap, overlaps, sameRect } from '#shared/document/cell-map.ts';
import type { WallView } from '#shared/document/view.ts';
import type { StreamId } from '#shared/model/ids.ts';
import type { CellRect } from '#shared/model/tile.ts';
import { decideResize, type Edge } from './decide-resize.ts';
import type { Cell } from './stage-geometry.ts';
import { isPlaced, placedTiles, tileAt, tileById, tileOfStream, type PlacedTile } from './wall-lookup.ts';
import type { DragSubject, Drop, DropTarget } from './drop.ts';

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
