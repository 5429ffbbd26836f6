import { ok, type Result } from '#shared/kernel/result.ts';
import { planRepair } from './plan-repair.ts';
import type { CellWrite } from './plan-sync.ts';
import { readLivesheet } from './read-livesheet.ts';
import { cellName, readLayout } from './sheet-layout.ts';
import type { SheetsApi, SheetsFailure } from './sheets-api.ts';

type Cells = readonly (readonly string[])[];

/** Cells in one request: far below what one may carry. */
const CHUNK = 500;
/** How often what was taken by mistake is given back, before it waits for the next cycle. */
const MAX_REPAIRS = 3;

/**
 * Writes cells where their rows were when `before` was read, looks whether they went where they were meant to, and gives
 * back what a moved row had there. `certain` are those that are known to stand where they
 * belong. Two requests a chunk, two more for each time that somebody moved rows meanwhile.
 */
export async function writeLivesheet(
  api: SheetsApi,
  tab: string,
  writes: readonly CellWrite[],
  before: Cells,
): Promise<Result<{ readonly certain: readonly CellWrite[] }, SheetsFailure>> {
  const certain: CellWrite[] = [];
  for (let first = 0; first < writes.length; first += CHUNK) {
    const chunk = writes.slice(first, first + CHUNK);
    const done = await api.writeCells(
      chunk.map((write) => ({ range: cellName(tab, write.row, write.place), value: write.value })),
    );
    if (!done.ok) return done;
    const given = await giveBack(api, tab, chunk, before);
    if (!given.ok) return given;
    // Rows have moved: where the others are is known only after the next reading.
    if (given.value > 0) break;
    certain.push(...chunk);
  }
  return ok({ certain });
}

async function giveBack(
  api: SheetsApi,
  tab: string,
  written: readonly CellWrite[],
  before: Cells,
): Promise<Result<number, SheetsFailure>> {
  let count = 0;
  for (let round = 0; round < MAX_REPAIRS; round += 1) {
    const read = await api.readTabs([tab]);
    if (!read.ok) return read;
    const after = read.value[0] ?? [];
    const [sheetBefore, sheetAfter] = [withRows(before), withRows(after)];
    if (sheetBefore === undefined || sheetAfter === undefined) return ok(count);
    const repairs = planRepair(written, sheetBefore, sheetAfter);
    if (repairs.length === 0) return ok(count);
    const done = await api.writeCells(
      repairs.map(({ row, place, value }) => ({ range: cellName(tab, row, place), value })),
    );
    if (!done.ok) return done;
    count += repairs.length;
  }
  return ok(count);
}

function withRows(cells: Cells) {
  const layout = readLayout(cells[0] ?? []);
  return layout === undefined ? undefined : { cells, sheet: readLivesheet(cells, layout) };
}
