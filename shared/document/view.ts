import type { RuleMatch, RuleRotation } from '../model/arrangement.ts';
import type {
  ActorId,
  EventId,
  IgnoreId,
  LocationId,
  RuleId,
  SceneId,
  StreamerId,
  StreamId,
  TileId,
  WallId,
} from '../model/ids.ts';
import type { StreamCode, StreamFields } from '../model/stream.ts';
import type { CellRect, Fit, Grid, Zoom } from '../model/tile.ts';
import type { WallColours } from '../model/wall.ts';
import type { IgnoreList, StreamerAccount } from './catalogue-fields.ts';

/**
 * What screens and programs see of the documents: plain, validated, immutable values.
 * A record that did not change keeps its identity from one view to the next.
 */

/** A stream as shown. Fields that nobody has set are absent; `id`, `code`, `link`, `platform`, `kind` and `status` never are. */
export type StreamView = Readonly<
  { id: StreamId } & Pick<StreamFields, 'link' | 'platform' | 'kind' | 'code' | 'status' | 'addedAt'> &
    Partial<Omit<StreamFields, 'link' | 'platform' | 'kind' | 'code' | 'status' | 'addedAt'>>
>;

export type StreamerView = Readonly<{
  id: StreamerId;
  name: string;
  notes?: string;
  postedBy?: string;
  /** Sorted by platform and username. */
  accounts: readonly Readonly<StreamerAccount>[];
  priority?: number;
  addedBy?: ActorId;
  addedAt: number;
}>;

export type LocationView = Readonly<{
  id: LocationId;
  city: string;
  region?: string;
  country?: string;
  latitude?: number;
  longitude?: number;
  known: boolean;
  addedBy?: ActorId;
  addedAt: number;
}>;

export type IgnoreView = Readonly<{
  id: IgnoreId;
  type: IgnoreList;
  /** As `ignore-rule` writes it. */
  value: string;
  notes?: string;
  addedBy?: ActorId;
  addedAt: number;
}>;

/** Something that happened, with where to find it in the streams that saw it. Times in ms, offsets in seconds. */
export type EventView = Readonly<{
  id: EventId;
  title: string;
  description?: string;
  at: number;
  /** Under the ids that streams are shown by. */
  streams: Readonly<Record<StreamId, { readonly offsetSeconds?: number; readonly addedBy?: ActorId }>>;
  addedBy?: ActorId;
  addedAt: number;
}>;

/** A wall as the catalogue lists it. Its content is in its own document. */
export type WallEntryView = Readonly<{
  id: WallId;
  name: string;
  archived: boolean;
  addedBy?: ActorId;
  addedAt: number;
}>;

export type TileView = Readonly<{
  id: TileId;
  stream: StreamId;
  /** Where the tile is on the wall; null while it is on the bench. */
  place: CellRect | null;
  fit: Fit;
  zoom: Zoom;
  rotation: 0 | 90 | 180 | 270;
  volume: number;
  /** Heard in addition to the one that is listened to. */
  background: boolean;
  heard: boolean;
  blurred: boolean;
  /** The rule that put its stream here, if no person did. */
  rule?: RuleId;
}>;

/** A saved arrangement: which streams stood where. */
export type SceneView = Readonly<{
  id: SceneId;
  name: string;
  grid: Grid;
  tiles: readonly (CellRect & { readonly stream: StreamId; readonly fit: Fit })[];
}>;

/** Automatic placing: streams that match are put on free cells of the wall, or take turns in one tile. */
export type RuleView = Readonly<{
  id: RuleId;
  name: string;
  enabled: boolean;
  match: Readonly<RuleMatch>;
  rotate?: Readonly<RuleRotation>;
  /** Who switched it on: it acts with their rights. */
  by: ActorId;
}>;

export type WallView = Readonly<
  {
    id: WallId;
    name: string;
    grid: Grid;
    colours: WallColours;
    /** Tiles that have a place, in reading order; never overlapping, never outside the grid. */
    tiles: readonly TileView[];
    /** Tiles that have none now. No tile is in both lists, none is in neither. */
    bench: readonly TileView[];
    heard: TileId | null;
    /** The whole wall is covered. */
    censored: boolean;
    scenes: readonly SceneView[];
    rules: readonly RuleView[];
    /** When a person last took a stream off the wall, ms since 1970: no rule brings it back in the same broadcast. */
    takenOff: Readonly<Record<StreamId, number>>;
  } & Unshown
>;

/** Why something in a document is not shown; counted, and listed for the admin. */
export type Problem = Readonly<{ root: string; id: string; reason: string }>;

/** What a document holds and a view does not show. */
export type Unshown = Pick<CatalogueView, 'problems' | 'problemCounts'>;

export type CatalogueView = Readonly<{
  streams: ReadonlyTable<StreamId, StreamView>;
  streamers: ReadonlyTable<StreamerId, StreamerView>;
  locations: ReadonlyTable<LocationId, LocationView>;
  ignore: ReadonlyTable<IgnoreId, IgnoreView>;
  events: ReadonlyTable<EventId, EventView>;
  walls: ReadonlyTable<WallId, WallEntryView>;
  /** The first of what is not shown, sorted by root and id. */
  problems: readonly Problem[];
  /** How much is not shown in all, by reason. */
  problemCounts: Readonly<Record<string, number>>;
  /** The id that a stream is shown by: of streams that turned out to be one, that of the first. Others stay as they are. */
  resolve: (id: StreamId) => StreamId;
  /** Where a code leads. */
  byCode: CodeLookup;
}>;

/** The part of a map that a reader needs; a new version shares what did not change with the old. */
export type ReadonlyTable<K, V> = {
  readonly size: number;
  get(key: K): V | undefined;
  has(key: K): boolean;
  values(): IterableIterator<V>;
};

/** Where a code leads: used wherever an operator types one. */
export type CodeLookup = (code: StreamCode) => StreamId | undefined;
