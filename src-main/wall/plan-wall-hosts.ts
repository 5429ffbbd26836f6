import type { StreamView, TileView, WallView } from '#shared/document/view.ts';
import type { StreamId, TileId } from '#shared/model/ids.ts';
import type { TileLook, TileSound } from '#shared/protocol/wall-layers.ts';
import { localAccess, type LocalRules } from './local-sources.ts';
import type { WallDress, WallSound } from '#shared/protocol/wall-output.ts';
import type { HostedTile } from './tile-host.ts';
import { sameSource, tileSource, type TileSource } from './tile-source.ts';
import { cellsToPixels, sameRect, type PixelSize } from './wall-geometry.ts';

export type TileChange =
  /** It is new on the wall, or shows another stream. */
  | { readonly type: 'show'; readonly tile: HostedTile }
  /** It was moved or resized, or looks or sounds different. */
  | { readonly type: 'adjust'; readonly tile: HostedTile }
  | { readonly type: 'drop'; readonly id: TileId };

const AS_THE_WALL_SAYS = { levelled: false, solo: null } as const;

/** What a wall asks of those who show it. A tile whose stream is not known (yet) shows nothing and is not in it. */
export function hostedTiles(
  wall: WallView,
  streamOf: (id: StreamId) => StreamView | undefined,
  size: PixelSize,
  localRules: LocalRules,
  { levelled, solo }: Pick<WallSound, 'levelled'> & Pick<WallDress, 'solo'> = AS_THE_WALL_SAYS,
): readonly HostedTile[] {
  // A tile that left the wall is not listened to any more; all others are heard again.
  const alone = wall.tiles.find(({ id }) => id === solo)?.id;
  return wall.tiles.flatMap((tile) => {
    const stream = streamOf(tile.stream);
    if (stream === undefined || tile.place === null) return [];
    const access = localAccess(stream, localRules);
    const source: TileSource = access.isAllowed ? tileSource(stream) : { type: 'fenced', url: stream.link };
    return [
      {
        id: tile.id,
        stream: tile.stream,
        source,
        localHosts:
          access.isAllowed && access.host !== null ? [...localRules.hosts, access.host] : localRules.hosts,
        rect: source.type === 'layer' ? { x: 0, y: 0, ...size } : cellsToPixels(tile.place, wall.grid, size),
        look: lookOf(tile, stream),
        sound: { ...soundOf(tile, alone), levelled },
      },
    ];
  });
}

/** The least that turns one wall into another: what only moved is never loaded again. */
export function planChanges(
  before: readonly HostedTile[],
  after: readonly HostedTile[],
): readonly TileChange[] {
  const old = new Map(before.map((tile) => [tile.id, tile]));
  const kept = new Set(after.map(({ id }) => id));
  const drops = before.filter(({ id }) => !kept.has(id));
  return [
    ...drops.map(({ id }): TileChange => ({ type: 'drop', id })),
    ...after.flatMap((tile): TileChange[] => {
      const was = old.get(tile.id);
      if (was === undefined || !sameSource(was.source, tile.source)) return [{ type: 'show', tile }];
      return sameAppearance(was, tile) ? [] : [{ type: 'adjust', tile }];
    }),
  ];
}

/** A picture stands as its stream says it was filmed, turned further by what was chosen for this tile. */
function lookOf({ fit, zoom, rotation, blurred }: TileView, stream: StreamView): TileLook {
  const turned = ((rotation + (stream.rotation ?? 0)) % 360) as TileLook['rotation'];
  return { fit, zoom, rotation: turned, blurred };
}

/** @param alone the only one that is played, whatever is heard on the wall */
function soundOf(
  { id, heard, background, volume }: TileView,
  alone: TileId | undefined,
): Pick<TileSound, 'audible' | 'volume'> {
  // Who listens to one tile wants to hear it, also where the wall has turned it all the way down.
  if (id === alone) return { audible: true, volume: volume === 0 ? 1 : volume };
  if (alone !== undefined) return { audible: false, volume };
  return { audible: heard || background, volume };
}

function sameAppearance(a: HostedTile, b: HostedTile): boolean {
  return (
    a.stream === b.stream &&
    sameRect(a.rect, b.rect) &&
    a.look.fit === b.look.fit &&
    a.look.rotation === b.look.rotation &&
    a.look.blurred === b.look.blurred &&
    a.look.zoom.factor === b.look.zoom.factor &&
    a.look.zoom.panX === b.look.zoom.panX &&
    a.look.zoom.panY === b.look.zoom.panY &&
    a.sound.audible === b.sound.audible &&
    a.sound.volume === b.sound.volume &&
    a.sound.levelled === b.sound.levelled
  );
}
