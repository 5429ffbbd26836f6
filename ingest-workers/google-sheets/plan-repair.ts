import type { StreamId } from '#shared/model/ids.ts';
import type { CellWrite } from './plan-sync.ts';
import type { Livesheet } from './read-livesheet.ts';

export type RepairWrite = Readonly<{ row: number; place: number; value: string }>;

type Cells = readonly (readonly string[])[];
type Sheet = Readonly<{ cells: Cells; sheet: Livesheet }>;

/**
 * The cells that our writes took from rows that were not meant, because somebody moved rows in between. `before` is the
 * sheet as the writes were planned on, `after` as it is now. What the write was meant for is written anew by the next plan.
 */
export function planRepair(
  written: readonly CellWrite[],
  before: Sheet,
  after: Sheet,
): readonly RepairWrite[] {
  const rowIds = new Map(after.sheet.rows.map(({ row, id }) => [row, id]));
  const meant = new Set(written.map(({ id, place }) => `${id} ${place}`));
  return written.flatMap(({ row, place, id, value }) => {
    const nowId = rowIds.get(row);
    if (nowId === id || (after.cells[row]?.[place] ?? '') !== value) return [];
    // A row of a stream that was to get a value there gets its own with the next plan.
    if (
      nowId !== undefined &&
      meant.has(`${nowId} ${place}`) &&
      written.some((each) => each.id === nowId && each.value === value)
    )
      return [];
    const was = valueBefore(nowId, row, place, before, after);
    return was === value ? [] : [{ row, place, value: was }];
  });
}

/** What the row that is here now said in this column before we wrote: by its stream, else by its whole content. */
function valueBefore(
  nowId: StreamId | undefined,
  row: number,
  place: number,
  before: Sheet,
  after: Sheet,
): string {
  const known = before.sheet.rows.find(({ id }) => id === nowId);
  if (known !== undefined) return before.cells[known.row]?.[place] ?? '';
  const others = (values: readonly string[] | undefined) =>
    JSON.stringify((values ?? []).map((text, n) => (n === place ? '' : text)));
  const same = before.cells.find(
    (values) => others(padded(values, place)) === others(padded(after.cells[row] ?? [], place)),
  );
  // A row that is new was empty here before we came.
  return same?.[place] ?? '';
}

const padded = (values: readonly string[], place: number) =>
  values.length > place
    ? values
    : [...values, ...Array.from({ length: place + 1 - values.length }, () => '')];
