import { z } from 'zod';
import { StreamId } from './ids.ts';
import { Rotation } from './stream.ts';

/** A wall has at most this many columns and as many rows. */
export const MAX_GRID_SIDE = 12;

export const Grid = z.strictObject({
  cols: z.number().int().min(1).max(MAX_GRID_SIDE),
  rows: z.number().int().min(1).max(MAX_GRID_SIDE),
});
export type Grid = z.infer<typeof Grid>;

/** A rectangle of grid cells; x and y count from the top left, from 0. */
export const CellRect = z.strictObject({
  x: z
    .number()
    .int()
    .min(0)
    .max(MAX_GRID_SIDE - 1),
  y: z
    .number()
    .int()
    .min(0)
    .max(MAX_GRID_SIDE - 1),
  w: z.number().int().min(1).max(MAX_GRID_SIDE),
  h: z.number().int().min(1).max(MAX_GRID_SIDE),
});
export type CellRect = z.infer<typeof CellRect>;

/** How a picture meets a tile of another shape: cropped to fill it, or whole with bars. */
export const Fit = z.enum(['cover', 'contain']);
export type Fit = z.infer<typeof Fit>;

/** Zoom 1 shows the picture as fitted; pan moves its centre, -1 to 1 of half the picture. */
export const Zoom = z.strictObject({
  factor: z.number().min(1).max(8),
  panX: z.number().min(-1).max(1),
  panY: z.number().min(-1).max(1),
});
export type Zoom = z.infer<typeof Zoom>;

/** 0 is silent, 1 is the stream's own level. */
export const Volume = z.number().min(0).max(1);

/** The fields of a tile that belong to its picture; its place, sound and safety are kept apart. */
export const TileFields = z.strictObject({
  stream: StreamId,
  fit: Fit,
  zoom: Zoom,
  rotation: Rotation,
});
export type TileFields = z.infer<typeof TileFields>;
