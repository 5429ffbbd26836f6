import type { TileView } from '#shared/document/view.ts';
import type { Control } from '../stores/control-context.tsx';
import type { Cell } from './stage-geometry.ts';
import { tileById } from './wall-lookup.ts';

/** Ends an armed swap at a tile, or at a free cell, where the tile then goes. False when none is armed. */
export function swapHere(
  target: TileView | Cell,
  { actions, mirror, screen }: Pick<Control, 'actions' | 'mirror' | 'screen'>,
): boolean {
  const from = screen.getState().swapFrom;
  if (from === null) return false;
  screen.setState({ swapFrom: null });
  if ('id' in target) {
    if (target.id !== from) void actions.wall({ type: 'swap-tiles', tile: from, with: target.id });
    return true;
  }
  const { wall } = mirror.getState();
  const place = tileById(wall, from)?.place;
  const w = Math.min(place?.w ?? 1, wall.grid.cols - target.x);
  const h = Math.min(place?.h ?? 1, wall.grid.rows - target.y);
  void actions.wall({ type: 'place-tile', tile: from, at: { x: target.x, y: target.y, w, h } });
  return true;
}
