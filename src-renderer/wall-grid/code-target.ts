import type { WallView } from '#shared/document/view.ts';
import { spotOf, type StageCursor } from './stage-cursor.ts';
import type { Cell } from './stage-geometry.ts';

/**
 * The cell at which a stream is shown that was asked for at `at`, some time ago. A tile is followed; null where the tile
 * has gone and another stands there, or where somebody filled the empty cell meanwhile: nobody is replaced unseen.
 */
export function codeTarget(wall: WallView, at: StageCursor): Cell | null {
  const spot = spotOf(wall, at);
  if (spot.kind === 'empty') return spot.cell;
  return spot.tile.id === at.tile ? spot.cell : null;
}
