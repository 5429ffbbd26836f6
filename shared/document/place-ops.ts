import { type Stamp, type StampClock, stampMs } from '../kernel/stamp.ts';
import type { CellRect } from '../model/tile.ts';
import { overlaps } from './cell-map.ts';
import type { Op } from './op.ts';
import { benchedPlacing, benchField } from './wall-keys.ts';
import type { TileRecord, WallState } from './wall-state.ts';

/** The steps that move single tiles. A bench field counts for one placing only. */

/** Puts a tile on the cells, from now on; takes it off the bench. Later than the placings of `over`, whom it pushes away. */
export function placeOps(
  tile: TileRecord,
  at: CellRect,
  stamps: StampClock,
  over: readonly TileRecord[] = [],
): readonly Op[] {
  const { x, y, w, h } = at;
  const placedAt = stamps.next(latestPlacing([tile, ...over]));
  const value = { x, y, w, h, placedAt };
  return [
    { type: 'set-field', root: 'tiles', id: tile.id, field: 'place', value },
    ...clearBenchFields(tile, placedAt),
  ];
}

/**
 * Ends the present placing on the bench, whatever becomes free later. Marks of other placings stay: whoever gets this
 * without the placing that it speaks of would see theirs end, and the tile jump back on air.
 */
export function benchOps(tile: TileRecord): readonly Op[] {
  const field = benchField(tile.place.placedAt);
  return [{ type: 'set-field', root: 'tiles', id: tile.id, field, value: true }];
}

/**
 * The bench field of the placing that ends now, and those of long ago. Others may speak of placings that have not been
 * heard of here, and would be missed when those come.
 */
function clearBenchFields(tile: TileRecord, placedAt: Stamp): readonly Op[] {
  const present = benchField(tile.place.placedAt);
  const isOver = (field: string) =>
    field === present || stampMs(benchedPlacing(field)) < stampMs(placedAt) - REMEMBERED_MS;
  return tile.benchFields
    .filter(isOver)
    .map((field) => ({ type: 'clear-field', root: 'tiles', id: tile.id, field }));
}

const REMEMBERED_MS = 7 * 86_400_000;

/** When the last of these was placed; undefined of none. */
export function latestPlacing(tiles: readonly TileRecord[]): Stamp | undefined {
  return tiles
    .map((tile) => tile.place.placedAt)
    .sort()
    .at(-1);
}

/** The tiles on the wall that stand on any of the cells. */
export function tilesAt(state: WallState, at: CellRect): readonly TileRecord[] {
  return state.arrangement.placed.filter((tile) => overlaps(tile.place, at));
}
