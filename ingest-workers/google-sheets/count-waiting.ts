import type { CatalogueView, StreamView } from '#shared/document/view.ts';
import type { Agreed } from './agreed.ts';
import { belongsInSheet } from './plan-sync.ts';
import { sharedColumns, type SheetPolicy } from './sheet-columns.ts';
import { cellsOf } from './stream-cells.ts';

/**
 * Streams whose row waits to be written: those that never had one, those that say something else than what was agreed on,
 * and those whose status is newer than `inStepAt`. It needs no sheet, so it is true while the sheet is out of reach.
 */
export function countWaiting(
  view: CatalogueView,
  agreed: Agreed['streams'],
  policy: SheetPolicy,
  inStepAt: number | undefined,
): number {
  if (policy.mode === 'migrate') return 0;
  const waits = (stream: StreamView): boolean => {
    const known = agreed[stream.id];
    if (known === undefined) return belongsInSheet(stream);
    if (inStepAt !== undefined && (stream.statusAt ?? 0) > inStepAt) return true;
    const cells = cellsOf(stream);
    return sharedColumns.some((column) => known[column] !== undefined && known[column] !== cells[column]);
  };
  return [...view.streams.values()].filter(waits).length;
}
