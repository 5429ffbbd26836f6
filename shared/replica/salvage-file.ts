import { closeSync, fstatSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { createHarvest, type Harvest } from './salvage-rows.ts';
import { scanPages, type Pages } from './sqlite-pages.ts';
import { PAGE_BYTES } from './sqlite-tables.ts';
import { readWal } from './sqlite-wal.ts';

/**
 * Reads every row that is still whole out of a replica's file and its write-ahead log, without SQLite and without
 * changing a byte of either. The file must not be open in this program: closing it here would drop SQLite's locks.
 */
export function harvestFile(file: string, part: 'committed' | 'everything'): Harvest {
  const harvest = createHarvest();
  const { committed, everything } = readWal(readWalFile(file));
  withPages(file, (pages) => {
    // The file as it stands first, then as the log would make it: of two versions of a row the later found counts.
    scanPages(pages, harvest.take);
    for (const newest of part === 'committed' ? [committed] : everything)
      if (newest.size > 0) scanPages(overlay(pages, newest), harvest.take);
  });
  return harvest.rows;
}

/**
 * Whether the write-ahead log holds rows that SQLite would pass over in silence, because something before them is not
 * as it was written.
 */
export function hasCutOffRows(file: string): boolean {
  if (!readWal(readWalFile(file)).cutOff) return false;
  const committed = harvestFile(file, 'committed');
  const everything = harvestFile(file, 'everything');
  return (['log', 'unsaved', 'refused', 'snapshots', 'archive'] as const).some((table) =>
    [...everything[table].keys()].some((name) => !committed[table].has(name)),
  );
}

function readWalFile(file: string): Uint8Array {
  const path = `${file}-wal`;
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true ? readFileSync(path) : new Uint8Array();
}

/** Only pages that there are: a page number in a damaged log may be any number at all. */
function overlay(pages: Pages, newest: ReadonlyMap<number, Uint8Array>): Pages {
  return {
    numbers: new Set([...pages.numbers, ...newest.keys()]),
    get: (number) => newest.get(number) ?? pages.get(number),
  };
}

/** A file that is not there has no pages; the last page of a truncated one is filled up with zeros. */
function withPages(file: string, work: (pages: Pages) => void): void {
  if (statSync(file, { throwIfNoEntry: false }) === undefined) {
    work({ numbers: [], get: () => undefined });
    return;
  }
  const handle = openSync(file, 'r');
  try {
    const count = Math.ceil(fstatSync(handle).size / PAGE_BYTES);
    const get = (number: number) => {
      if (number < 1 || number > count) return undefined;
      const page = new Uint8Array(PAGE_BYTES);
      readSync(handle, page, 0, PAGE_BYTES, (number - 1) * PAGE_BYTES);
      return page;
    };
    work({ numbers: Array.from({ length: count }, (_, index) => index + 1), get });
  } finally {
    closeSync(handle);
  }
}
