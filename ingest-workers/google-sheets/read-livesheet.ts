import type { StreamId } from '#shared/model/ids.ts';
import { readStreamUrl, streamIdOf } from '#shared/model/stream-url.ts';
import type { Link } from '#shared/model/stream.ts';
import type { Column } from './sheet-columns.ts';
import type { SheetLayout } from './sheet-layout.ts';

/** A row that names a stream. `row` is counted from 0, the header's row. */
export type SheetRow = Readonly<{
  row: number;
  id: StreamId;
  link: Link;
  /** The text of a known column; empty if the column is not there. */
  text: (column: Column) => string;
}>;

/** A row whose link cannot be read; for the operator. */
export type SheetProblem = Readonly<{ row: number; text: string; reason: string }>;

export type Livesheet = Readonly<{ rows: readonly SheetRow[]; problems: readonly SheetProblem[] }>;

/** More rows than any sheet of streams has; what comes after is left alone. */
const MAX_ROWS = 50_000;
const MAX_CELL = 10_000;

export function readLivesheet(cells: readonly (readonly string[])[], layout: SheetLayout): Livesheet {
  const linkPlace = layout.places.get('link') ?? 0;
  const rows: SheetRow[] = [];
  const problems: SheetProblem[] = [];
  for (const [n, values] of cells.slice(1, MAX_ROWS).entries()) {
    const row = n + 1;
    const written = values[linkPlace]?.trim() ?? '';
    if (written === '') continue;
    const url = readStreamUrl(written);
    if (!url.ok) {
      problems.push({ row, text: written.slice(0, 200), reason: url.error.message });
      continue;
    }
    const text = (column: Column) => {
      const place = layout.places.get(column);
      return place === undefined ? '' : (values[place] ?? '').trim().slice(0, MAX_CELL);
    };
    rows.push({ row, id: streamIdOf(url.value.url), link: url.value.url, text });
  }
  return { rows, problems };
}
