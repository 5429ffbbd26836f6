import type { CellRect, Grid } from '../model/tile.ts';
import { createCellMap, inReadingOrder } from './cell-map.ts';

/** What decides where a tile is shown. `placedAt` is a stamp: later ones compare greater. */
export type ArrangedTile = Readonly<{
  id: string;
  place: CellRect & { readonly placedAt: string };
  /** Someone, or `settle-wall`, said that this placing has ended on the bench. */
  benched: boolean;
}>;

/** Every tile is in exactly one of the two. */
export type Arrangement<T> = Readonly<{
  /** In reading order; never overlapping, never outside the grid. */
  placed: readonly T[];
  /** The latest placed first. */
  bench: readonly T[];
}>;

/**
 * Gives the cells of a wall to its tiles: the latest placed gets what it asks for, the others what is left; who gets
 * nothing is on the bench. Pure, total and independent of the order of `tiles`, so that all replicas that hold the same
 * tiles show the same wall. The ids are expected to differ.
 */
export function arrangeTiles<T extends ArrangedTile>(tiles: Iterable<T>, grid: Grid): Arrangement<T> {
  const cells = createCellMap(grid);
  const placed: T[] = [];
  const bench: T[] = [];
  for (const tile of [...tiles].sort(latestPlacedFirst)) {
    if (tile.benched || !cells.isFree(tile.place)) {
      bench.push(tile);
    } else {
      cells.take(tile.place);
      placed.push(tile);
    }
  }
  return { placed: placed.sort((a, b) => inReadingOrder(a.place, b.place)), bench };
}

function latestPlacedFirst(a: ArrangedTile, b: ArrangedTile): number {
  if (a.place.placedAt !== b.place.placedAt) return a.place.placedAt > b.place.placedAt ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}
