import { readStamp, type Stamp } from '../kernel/stamp.ts';
import type { TileId } from '../model/ids.ts';

/** The keys of a wall document's flat roots, and the fields of a tile that are named by a stamp. Reading is in `read-wall-keys`. */

/** In `settings`: when a person last took a stream off the wall. */
export const TAKEN_OFF_PREFIX = 'gone:';
export const HEARD_KEY = 'heard';
export const BACKGROUND_PREFIX = 'bg:';
export const VOLUME_PREFIX = 'vol:';
export const BLUR_PREFIX = 'blur:';
export const CENSOR_PREFIX = 'censor:';
/** A tile is on the bench while it has this field for the stamp of its present placing. */
export const BENCH_PREFIX = 'b:';

export const backgroundKey = (tile: TileId): string => BACKGROUND_PREFIX + tile;
export const volumeKey = (tile: TileId): string => VOLUME_PREFIX + tile;
/** Tile ids hold no colon, so the key says unmistakably whose blur it is. */
export const blurKey = (tile: TileId, stamp: Stamp): string => `${BLUR_PREFIX}${tile}:${stamp}`;
export const censorKey = (stamp: Stamp): string => CENSOR_PREFIX + stamp;
export const benchField = (placedAt: Stamp): string => BENCH_PREFIX + placedAt;
/** The placing that a bench field speaks of. */
export const benchedPlacing = (field: string): Stamp => readStamp(field.slice(BENCH_PREFIX.length));
