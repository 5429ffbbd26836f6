import { z } from 'zod';
import { RuleId, SceneId, StreamId, TileId } from './ids.ts';
import { CellRect, Fit, Grid, MAX_GRID_SIDE, TileFields, Volume } from './tile.ts';
import { WallColours, WallName } from './wall.ts';

/** A wall has at most this many tiles, those on the bench included. */
export const MAX_TILES = 500;

/** A wall keeps at most this many saved scenes. */
export const MAX_SCENES = 100;

/** A wall has at most this many automatic rules. */
export const MAX_RULES = 50;

/** What a scene remembers: which streams stood where, on which grid. One value, never edited in part. */
export const SceneArrangement = z.strictObject({
  grid: Grid,
  tiles: z
    .array(z.strictObject({ ...CellRect.shape, stream: StreamId, fit: Fit }))
    .max(MAX_GRID_SIDE * MAX_GRID_SIDE),
});
export type SceneArrangement = z.infer<typeof SceneArrangement>;

/** Which streams a rule places: those that have everything it names. */
export const RuleMatch = z.strictObject({
  tag: z.string().max(60).optional(),
  city: z.string().max(120).optional(),
  platform: z.string().max(20).optional(),
});
export type RuleMatch = z.infer<typeof RuleMatch>;

/** Which tile a rule rotates through what it matches, and how often. */
export const RuleRotation = z.strictObject({
  tile: TileId,
  everySeconds: z.number().int().min(10).max(86_400),
});
export type RuleRotation = z.infer<typeof RuleRotation>;

/** A whole wall as a plain value: to duplicate a wall, or to bring back how one was. */
export const WallArrangement = z.strictObject({
  name: WallName,
  grid: Grid,
  colours: WallColours,
  /** Tiles keep their ids; `place` is null for those on the bench. */
  tiles: z
    .array(
      z.strictObject({
        id: TileId,
        ...TileFields.shape,
        place: CellRect.nullable(),
        volume: Volume,
        background: z.boolean(),
        blurred: z.boolean(),
      }),
    )
    .max(MAX_TILES),
  heard: TileId.nullable(),
  censored: z.boolean(),
  scenes: z.array(z.strictObject({ id: SceneId, name: WallName, ...SceneArrangement.shape })).max(MAX_SCENES),
  rules: z

    .array(
      z.strictObject({
        id: RuleId,
        name: WallName,
        enabled: z.boolean(),
        match: RuleMatch,
        rotate: RuleRotation.optional(),
      }),
    )
    .max(MAX_RULES),
});
export type WallArrangement = z.infer<typeof WallArrangement>;
