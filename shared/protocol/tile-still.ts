import { z } from 'zod';
import { TileId } from '../model/ids.ts';

/** A still is this wide at most, in pixels; its height follows the tile's shape. */
export const STILL_WIDTH = 256;

/** No longer than so many characters: far above what a picture of that size needs. */
export const MAX_STILL_LENGTH = 96 * 1024;

/**
 * A small picture of one tile as it stands on a running wall, blur and all. A wall offers one of each tile every few
 * seconds while somebody looks; a newer one replaces the older. Never stored.
 */
export const TileStill = z.strictObject({
  tile: TileId,
  /** ms since 1970 UTC */
  takenAtMs: z.number(),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  /** A JPEG as a data URL, as an image element takes it. */
  image: z.string().startsWith('data:image/jpeg;base64,').max(MAX_STILL_LENGTH),
});
export type TileStill = z.infer<typeof TileStill>;

/** How loud a tile's sound is, heard or not, before its volume: 0 is silence, 1 the loudest there can be. */
export const TileLevel = z.strictObject({ tile: TileId, peak: z.number().min(0).max(1) });
export type TileLevel = z.infer<typeof TileLevel>;
