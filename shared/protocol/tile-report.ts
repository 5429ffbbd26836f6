import { z } from 'zod';
import { TileId } from '../model/ids.ts';

/** Where a tile is in its life on a running wall; `tile-lifecycle` in src-main draws the whole machine. */
export const TileState = z.enum([
  'loading',
  'waiting',
  'playing',
  'stalled',
  'offline',
  'failed',
  'retrying',
  'parked',
]);
export type TileState = z.infer<typeof TileState>;

/** Why a tile does not play. */
export const TileFault = z.enum([
  'page-not-found',
  'no-media',
  'login-needed',
  'network',
  'blocked',
  /** It lies in a private network, and the wall's owner did not allow it. */
  'private-address',
  'crashed',
  'out-of-memory',
  'timeout',
  'unsupported',
]);
export type TileFault = z.infer<typeof TileFault>;

/** What the wall knows about one of its tiles right now. Never stored. Times in ms since 1970 UTC. */
export const TileReport = z.strictObject({
  tile: TileId,
  state: TileState,
  fault: TileFault.nullable(),
  /** In words, for a person: what happened and what is being done about it. Empty while it plays. */
  words: z.string(),
  sinceMs: z.number(),
  /** When it is tried again, while `retrying`. */
  retryAtMs: z.number().nullable(),
});
export type TileReport = z.infer<typeof TileReport>;
