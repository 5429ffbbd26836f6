import type { TileId } from '#shared/model/ids.ts';
import type { TileStill } from '#shared/protocol/tile-still.ts';

/** Small stills for control rooms elsewhere: the newest there is, or a new one, however many ask. */
export type Thumbnails = (tile: TileId) => Promise<TileStill | null>;

/** A still of this age still shows what the tile shows. */
const FRESH_MS = 4_000;

/** @param newest what was taken for the control window of this machine */
export function createThumbnails(parts: {
  readonly newest: () => readonly TileStill[];
  readonly take: (tile: TileId) => Promise<TileStill | null>;
  readonly nowMs: () => number;
}): Thumbnails {
  const taken = new Map<TileId, TileStill>();
  const underWay = new Map<TileId, Promise<TileStill | null>>();
  const isFresh = ({ takenAtMs }: TileStill): boolean => parts.nowMs() - takenAtMs < FRESH_MS;

  const take = async (tile: TileId): Promise<TileStill | null> => {
    try {
      const still = await parts.take(tile);
      if (still !== null) taken.set(tile, still);
      return still;
    } catch {
      return null;
    } finally {
      underWay.delete(tile);
    }
  };
  return async (tile) => {
    for (const [id, still] of taken) if (!isFresh(still)) taken.delete(id);
    const known = parts.newest().find((still) => still.tile === tile && isFresh(still)) ?? taken.get(tile);
    if (known !== undefined) return known;
    const waited = underWay.get(tile) ?? take(tile);
    underWay.set(tile, waited);
    return waited;
  };
}
