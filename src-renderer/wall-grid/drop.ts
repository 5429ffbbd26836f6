import type { WallCommand } from '#shared/document/command.ts';
import type { StreamId, TileId } from '#shared/model/ids.ts';
import type { CellRect } from '#shared/model/tile.ts';
import type { Edge } from './decide-resize.ts';
import type { Cell } from './stage-geometry.ts';

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
