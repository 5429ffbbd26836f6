import type { Op } from './op.ts';
import { benchOps } from './place-ops.ts';
import type { WallState } from './wall-state.ts';

/**
 * Writes down what the view had to decide: a tile that lost its cells, or whose cells the grid no longer has, is on the
 * bench from now on, so that it does not jump back on air when they become free. Naming the placing makes it harmless to
 * say twice, anywhere, and without effect on any later placing. Empty when there is nothing to settle.
 */
export function planSettleWall(state: WallState): readonly Op[] {
  return state.arrangement.bench.filter((tile) => !tile.benched).flatMap(benchOps);
}
