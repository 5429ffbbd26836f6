import type { Grid } from '#shared/model/tile.ts';
import { cellAt, type Cell } from './stage-geometry.ts';

/** Where the cells of the stage are on the screen now; null while it is not drawn. */
export function stageBox(): DOMRect | null {
  return document.querySelector(`[data-drop='stage'] > ul`)?.getBoundingClientRect() ?? null;
}

/** The cell of the stage under a point of the screen; null beside it. */
export function stageCellAt(point: Cell, grid: Grid): Cell | null {
  const stage = stageBox();
  return stage === null ? null : cellAt(point, stage, grid);
}
