import type { StageSpot } from './stage-cursor.ts';

/** Puts the keyboard on a tile or an empty cell of the stage, if it is drawn. */
export function focusSpot(spot: StageSpot): void {
  const selector =
    spot.kind === 'tile'
      ? `[data-drop='stage'] [data-tile='${spot.tile.id}'] [data-spot]`
      : `[data-cell='${spot.cell.x},${spot.cell.y}']`;
  document.querySelector<HTMLElement>(selector)?.focus();
}
