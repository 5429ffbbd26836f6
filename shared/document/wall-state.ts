import type { Stamp } from '../kernel/stamp.ts';
import type { RuleId, SceneId, StreamId, TileId } from '../model/ids.ts';
import type { CellRect, Fit, Grid, Zoom } from '../model/tile.ts';
import type { WallColours } from '../model/wall.ts';
import type { Arrangement } from './arrange-tiles.ts';
import type { RuleView, SceneView } from './view.ts';

/**
 * A wall document as read: plain and checked, with what planning needs and screens do not. `show-wall` makes the view of
 * it. Immutable; a record that did not change keeps its identity.
 */
export type WallState = Readonly<{
  settings: WallSettings;
  tiles: ReadonlyMap<TileId, TileRecord>;
  arrangement: Arrangement<TileRecord>;
  audio: WallAudio;
  safety: WallSafety;
  scenes: ReadonlyMap<SceneId, SceneView>;
  rules: ReadonlyMap<RuleId, RuleView>;
}>;

/** A tile as stored. Its sound and safety stand in roots of their own. */
export type TileRecord = Readonly<{
  id: TileId;
  /** When it was made: the order in which an overfull wall is cut. */
  birth: Stamp;
  stream: StreamId;
  place: CellRect & { readonly placedAt: Stamp };
  /** Someone said that the present placing has ended on the bench. */
  benched: boolean;
  /** The fields that say so of this placing and of earlier ones. */
  benchFields: readonly string[];
  fit: Fit;
  zoom: Zoom;
  rotation: 0 | 90 | 180 | 270;
  /** The rule that put the stream here. */
  rule?: RuleId;
}>;

export type WallSettings = Readonly<{
  name: string;
  grid: Grid;
  colours: WallColours;
  /** When a person last took a stream off the wall, ms since 1970. */
  takenOff: Readonly<Record<StreamId, number>>;
}>;

/** Sound as stored; it may speak of tiles that are on the bench or gone, which then are not heard. */
export type WallAudio = Readonly<{
  heard: TileId | null;
  background: ReadonlySet<TileId>;
  volumes: ReadonlyMap<TileId, number>;
}>;

/** Every blur and every censoring is a key of its own: what has one is covered until all are gone. */
export type WallSafety = Readonly<{
  blurs: ReadonlyMap<TileId, readonly string[]>;
  censors: readonly string[];
}>;

/** What a wall is before anybody has said anything. Reading an empty document gives this and writes nothing. */
export const DEFAULT_SETTINGS: WallSettings = {
  name: 'Wall',
  grid: { cols: 3, rows: 3 },
  colours: { background: '#000000', heard: '#ffb938' },
  takenOff: {},
};
export const DEFAULT_FIT: Fit = 'cover';
export const DEFAULT_ZOOM: Zoom = { factor: 1, panX: 0, panY: 0 };
export const DEFAULT_ROTATION = 0;
export const DEFAULT_VOLUME = 1;
