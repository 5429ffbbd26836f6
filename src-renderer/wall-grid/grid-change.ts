import { fitsGrid } from '#shared/document/cell-map.ts';
import type { WallView } from '#shared/document/view.ts';
import type { Grid } from '#shared/model/tile.ts';
import { placedTiles } from './wall-lookup.ts';

/** How many tiles would leave the wall for the bench if it got another grid. */
export function benchedByGrid(wall: WallView, grid: Grid): number {
  return placedTiles(wall).filter((tile) => !fitsGrid(tile.place, grid)).length;
}
