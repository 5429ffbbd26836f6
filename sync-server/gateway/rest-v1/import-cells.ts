import { readCsv } from './csv.ts';
import { NewStreamInput } from './stream-input.ts';

/** What spreadsheets write where there is nothing. */
const NOTHING = new Set(['', '-', 'n/a', 'na', 'null', 'none']);
/** Names of columns in the sheets that there are. */
const ALIASES: Readonly<Record<string, string>> = {
  ...{ url: 'link', 'stream url': 'link', 'posted by': 'posted_by', posted_by: 'posted_by', notes: 'notes' },
  ...{ region: 'state', name: 'source', streamer: 'source', type: 'kind' },
};
const KNOWN = new Set(Object.keys(NewStreamInput.shape));

/** The rows of a sheet, in the words of the API. @throws {HttpRefusal} 422 when there are more than `most` */
export function readImportCells(csv: string, most: number): readonly Readonly<Record<string, unknown>>[] {
  return readCsv(csv, most).map(fromCells);
}

function fromCells(cells: Readonly<Record<string, string>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(cells).flatMap(([name, text]): (readonly [string, unknown])[] => {
      const field = ALIASES[name] ?? name;
      if (!KNOWN.has(field) || NOTHING.has(text.trim().toLowerCase())) return [];
      if (field === 'is_pinned' || field === 'is_archived')
        return [[field, /^(true|yes|1|x)$/i.test(text.trim())]];
      if (field === 'latitude' || field === 'longitude') return [[field, Number(text)]];
      return [[field, text.trim()]];
    }),
  );
}
