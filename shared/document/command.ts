import { z } from 'zod';
import { RuleMatch, RuleRotation, WallArrangement } from '../model/arrangement.ts';
import {
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
import { Link, Rotation, StreamFields, Time } from '../model/stream.ts';
import { CellRect, Fit, Grid, Volume, Zoom } from '../model/tile.ts';
import { WallColours, WallName } from '../model/wall.ts';
import { ArchivedStream } from './archived-stream.ts';
import {
  EventFields,
  EventOffset,
  IgnoreFields,
  IgnoreList,
  LocationFields,
  StreamerFields,
} from './catalogue-fields.ts';

/**
 * Everything that a person or program can want of the documents, as plain values. `apply-command` is the only writer.
 * Ids of new things are chosen by the sender, so that a command can be repeated without doing it twice.
 */

/** What a person may change about a stream afterwards: everything but what identifies it. `null` clears a field. */
const editable = StreamFields.omit({
  link: true,
  platform: true,
  addedAt: true,
  addedBy: true,
  statusBy: true,
  statusAt: true,
});
export const StreamChanges = editable.partial().extend(
  Object.fromEntries(
    Object.entries(editable.shape).map(([name, schema]) => [name, schema.nullable().optional()]),
  ) as {
    [K in keyof typeof editable.shape]: z.ZodOptional<z.ZodNullable<(typeof editable.shape)[K]>>;
  },
);
export type StreamChanges = z.infer<typeof StreamChanges>;

const text = (max: number) => z.string().max(max);

export const CatalogueCommand = z.discriminatedUnion('type', [
  /** Adds a stream by its link, or brings the one that has it up to date. The id comes from the canonical link. */
  z.strictObject({ type: z.literal('add-stream'), link: Link, fields: StreamChanges.optional() }),
  z.strictObject({ type: z.literal('edit-stream'), id: StreamId, changes: StreamChanges }),
  z.strictObject({ type: z.literal('remove-stream'), id: StreamId }),
  z.strictObject({
    type: z.literal('set-stream-status'),
    id: StreamId,
    status: StreamFields.shape.status,
    reason: text(500).optional(),
    /** Set by a person: until then checkers do not overrule it. */
    manualUntil: Time.optional(),
  }),
  /** The two are one from now on, shown under the id and code of the one that was there first. */
  z.strictObject({ type: z.literal('continue-stream'), id: StreamId, continues: StreamId }),
  /** Brings a stream back from the archive, with its past. */
  z.strictObject({ type: z.literal('restore-stream'), id: StreamId, record: ArchivedStream }),
  /** All that is said of a streamer. What differs from what is there is changed, accounts one by one. */
  z.strictObject({ type: z.literal('put-streamer'), id: StreamerId, fields: StreamerFields }),
  z.strictObject({ type: z.literal('remove-streamer'), id: StreamerId }),
  z.strictObject({ type: z.literal('put-location'), id: LocationId, fields: LocationFields }),
  z.strictObject({ type: z.literal('remove-location'), id: LocationId }),
  /** The id comes from list and value, as `ignore-rule` says, so that a rule added twice is one. */
  z.strictObject({
    type: z.literal('add-ignore'),
    list: IgnoreList,
    value: IgnoreFields.shape.value,
    notes: IgnoreFields.shape.notes,
  }),
  z.strictObject({ type: z.literal('remove-ignore'), id: IgnoreId }),
  z.strictObject({ type: z.literal('put-event'), id: EventId, ...EventFields.shape }),
  z.strictObject({ type: z.literal('remove-event'), id: EventId }),
  /** Brings an event back from the archive, with its streams. */
  z.strictObject({ type: z.literal('restore-event'), id: EventId, record: ArchivedStream }),
  z.strictObject({
    type: z.literal('link-event'),
    id: EventId,
    stream: StreamId,
    offsetSeconds: EventOffset.optional(),
  }),
  z.strictObject({ type: z.literal('unlink-event'), id: EventId, stream: StreamId }),
  z.strictObject({ type: z.literal('create-wall'), id: WallId, name: WallName }),
  z.strictObject({ type: z.literal('rename-wall'), id: WallId, name: WallName }),
  z.strictObject({ type: z.literal('archive-wall'), id: WallId, archived: z.boolean() }),
]);
export type CatalogueCommand = z.infer<typeof CatalogueCommand>;

const tile = TileId;

export const WallCommand = z.discriminatedUnion('type', [
  /**
   * Puts a stream on the wall as a new tile; tiles in the way go to the bench. Without `at` it takes the first free
   * cell, and waits on the bench when there is none.
   */
  z.strictObject({
    type: z.literal('place-stream'),
    tile,
    stream: StreamId,
    at: CellRect.optional(),
    /** Which rule does it, where one does. */
    rule: RuleId.optional(),
  }),
  /** Shows another stream in a tile that is there. */
  z.strictObject({ type: z.literal('put-stream'), tile, stream: StreamId, rule: RuleId.optional() }),
  /**
   * Moves or resizes; also takes a tile back from the bench. Tiles in the way go to the bench. Without `at` a benched
   * tile takes the first free place of its size, or the first free cell.
   */
  z.strictObject({ type: z.literal('place-tile'), tile, at: CellRect.optional() }),
  /** The two exchange their places; one of them may be on the bench. */
  z.strictObject({ type: z.literal('swap-tiles'), tile, with: tile }),
  /** Makes a tile the biggest, the others around it. */
  z.strictObject({ type: z.literal('promote-tile'), tile }),
  z.strictObject({ type: z.literal('bench-tile'), tile }),
  z.strictObject({ type: z.literal('remove-tile'), tile }),
  /** Keeps what fits, benches what does not. */
  z.strictObject({ type: z.literal('set-grid'), grid: Grid }),
  /** The name that the wall itself shows; the catalogue's list of walls has its own `rename-wall`. */
  z.strictObject({ type: z.literal('set-name'), name: WallName }),
  z.strictObject({ type: z.literal('set-colours'), colours: WallColours }),
  z.strictObject({ type: z.literal('listen'), tile: tile.nullable() }),
  z.strictObject({ type: z.literal('set-background'), tile, on: z.boolean() }),
  z.strictObject({ type: z.literal('set-volume'), tile, volume: Volume }),
  /** Nothing is heard: neither the one listened to nor any in the background. */
  z.strictObject({ type: z.literal('mute-all') }),
  z.strictObject({ type: z.literal('blur'), tile, on: z.boolean() }),
  z.strictObject({ type: z.literal('blur-all'), on: z.boolean() }),
  z.strictObject({ type: z.literal('censor'), on: z.boolean() }),
  z.strictObject({ type: z.literal('rotate-tile'), tile, rotation: Rotation }),
  z.strictObject({ type: z.literal('set-fit'), tile, fit: Fit }),
  z.strictObject({ type: z.literal('set-zoom'), tile, zoom: Zoom }),
  z.strictObject({ type: z.literal('save-scene'), scene: SceneId, name: WallName }),
  z.strictObject({ type: z.literal('apply-scene'), scene: SceneId }),
  z.strictObject({ type: z.literal('rename-scene'), scene: SceneId, name: WallName }),
  z.strictObject({ type: z.literal('delete-scene'), scene: SceneId }),
  z.strictObject({
    type: z.literal('put-rule'),
    rule: RuleId,
    name: WallName,
    enabled: z.boolean(),
    match: RuleMatch,
    /** Rotates a tile through what it matches, in place of filling free cells. */
    rotate: RuleRotation.optional(),
  }),
  z.strictObject({ type: z.literal('remove-rule'), rule: RuleId }),
  /**
   * Makes the wall what the arrangement says: how a wall is duplicated, and how an earlier state is brought back.
   * Tiles that are here and not in it go to the bench; blur and censor are added, never lifted.
   */
  z.strictObject({ type: z.literal('load-arrangement'), arrangement: WallArrangement }),
]);
export type WallCommand = z.infer<typeof WallCommand>;

/** A command and the document that it is for. */
export const Command = z.discriminatedUnion('document', [
  z.strictObject({ document: z.literal('catalogue'), command: CatalogueCommand }),
  z.strictObject({ document: z.literal('wall'), wall: WallId, command: WallCommand }),
]);
export type Command = z.infer<typeof Command>;
