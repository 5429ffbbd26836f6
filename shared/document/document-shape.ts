/**
 * Which roots each kind of document has, and what may stand in them. A `flat` root holds plain values under its keys; a
 * `records` root holds generations, a generation holds records (and plain tombstones), a record holds plain fields.
 */
export type RootShape = 'flat' | 'records';

export const CATALOGUE_ROOTS = {
  meta: 'flat',
  walls: 'records',
  streams: 'records',
  streamers: 'records',
  locations: 'records',
  ignore: 'records',
  events: 'records',
} as const satisfies Record<string, RootShape>;

export const WALL_ROOTS = {
  meta: 'flat',
  settings: 'flat',
  tiles: 'records',
  audio: 'flat',
  safety: 'flat',
  scenes: 'records',
  rules: 'records',
} as const satisfies Record<string, RootShape>;

export type CatalogueRoot = keyof typeof CATALOGUE_ROOTS;
export type WallRoot = keyof typeof WALL_ROOTS;

/** Maps that may stand inside one another below a root: none, or generation and record. */
export const mapsBelow = (shape: RootShape): number => (shape === 'flat' ? 0 : 2);
