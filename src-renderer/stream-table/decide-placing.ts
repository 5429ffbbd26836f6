import { firstFreePlace } from '#shared/document/first-free-place.ts';
import type { StreamView, WallView } from '#shared/document/view.ts';
import type { TileId } from '#shared/model/ids.ts';
import type { Drop } from '../wall-grid/drop.ts';
import { spotOf, type StageCursor } from '../wall-grid/stage-cursor.ts';
import { isPlaced, placedTiles, tileOfStream } from '../wall-grid/wall-lookup.ts';

/** What choosing a stream in the list does. */
export type Placing =
  /** It is on the wall: the keyboard goes there. */
  | { readonly kind: 'find'; readonly tile: TileId }
  /** Its tile waits on the bench and comes back. */
  | { readonly kind: 'unbench'; readonly tile: TileId }
  | { readonly kind: 'place'; readonly drop: Drop & { readonly kind: 'place-stream' } }
  /** Nobody is pushed off the wall by a key: the person says whom. */
  | { readonly kind: 'full' }
  /** Layers fill the wall by themselves. */
  | { readonly kind: 'layer' };

/** Into the empty cell where the keyboard was on the stage, else into the first that is free. */
export function decidePlacing(wall: WallView, cursor: StageCursor | null, stream: StreamView): Placing {
  if (isLayer(stream)) return { kind: 'layer' };
  const tile = tileOfStream(wall, stream.id);
  if (tile !== undefined) return { kind: isPlaced(tile) ? 'find' : 'unbench', tile: tile.id };
  const at =
    chosenCell(wall, cursor) ??
    firstFreePlace(
      wall.grid,
      placedTiles(wall).map(({ place }) => place),
    );
  return at === null
    ? { kind: 'full' }
    : { kind: 'place', drop: { kind: 'place-stream', stream: stream.id, at } };
}

export function isLayer(stream: StreamView): boolean {
  return stream.kind === 'background' || stream.kind === 'overlay';
}

function chosenCell(wall: WallView, cursor: StageCursor | null) {
  if (cursor === null) return null;
  const spot = spotOf(wall, cursor);
  return spot.kind === 'empty' ? { ...spot.cell, w: 1, h: 1 } : null;
}
