import type { StreamId, TileId } from '#shared/model/ids.ts';
import type { PixelRect, TileLook, TileSaid, TileSound } from '#shared/protocol/wall-layers.ts';
import type { SeenIn } from './capture-tile.ts';
import type { TileSource } from './tile-source.ts';

/** A tile as those who show it need it. */
export type HostedTile = {
  readonly id: TileId;
  readonly stream: StreamId;
  readonly source: TileSource;
  /** The private hosts that what is shown may reach; none, for what comes from the public internet. */
  readonly localHosts: readonly string[];
  readonly rect: PixelRect;
  readonly look: TileLook;
  readonly sound: TileSound;
};

/**
 * Whoever shows tiles: our own player pages, or a view for each page of the web. Nothing here answers: what becomes of a
 * tile is told through the `TileSaid` listener that the host was made with, naming the attempt it is about.
 */
export type TileHost = {
  /** Shows the tile, or loads it afresh under a new attempt. What it showed before stays until the new picture is there. */
  readonly load: (tile: HostedTile, attempt: number) => void;
  /** Only its place, look or sound changed: nothing loads again. */
  readonly adjust: (tile: HostedTile) => void;
  /** Destroys all that belongs to the tile. Not to know it is no error. */
  readonly drop: (tile: TileId) => void;
  /** Where the tile is to be seen now; undefined while nothing of it is there. */
  readonly seen: (tile: TileId) => SeenIn | undefined;
  /** The wall's size changed; tiles follow by `adjust`. */
  readonly resize: () => void;
  readonly close: () => Promise<void>;
};

export type TileListener = (said: TileSaid) => void;
