import type { StampClock } from '../kernel/stamp.ts';
import type { CellRect } from '../model/tile.ts';
import { overlaps } from './cell-map.ts';
import type { Op } from './op.ts';
import { benchField } from './wall-keys.ts';
import type { TileRecord, WallState } from './wall-state.ts';

/** The steps that move single tiles. A bench field counts for one placing only, so those of earlier placings are cleared. */

/** Puts a tile on the cells, from now on; takes it off the bench. */
export function placeOps(tile: TileRecord, at: CellRect, stamps: StampClock): readonly Op[] {
  const { x, y, w, h } = at;
  const value = { x, y, w, h, placedAt: stamps.next(tile.place.placedAt) };
  return [
    { type: 'set-field', root: 'tiles', id: tile.id, field: 'place', value },
    ...clearBenchFields(tile, tile.benchFields),
  ];
}

/** Ends the present placing on the bench, whatever becomes free later. */
export function benchOps(tile: TileRecord): readonly Op[] {
  const field = benchField(tile.place.placedAt);
  return [
    { type: 'set-field', root: 'tiles', id: tile.id, field, value: true },
    ...clearBenchFields(
      tile,
      tile.benchFields.filter((name) => name !== field),
    ),
  ];
}

function clearBenchFields(tile: TileRecord, fields: readonly string[]): readonly Op[] {
  return fields.map((field) => ({ type: 'clear-field', root: 'tiles', id: tile.id, field }));
}

/** The tiles on the wall that stand on any of the cells. */
export function tilesAt(state: WallState, at: CellRect): readonly TileRecord[] {
  return state.arrangement.placed.filter((tile) => overlaps(tile.place, at));
}
