import Papa from 'papaparse';
import { z } from 'zod';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { plainCell } from '#shared/model/sheet-cell.ts';
import { messages } from './messages.ts';

/** A row of a file, as it is sent. */
export type Rows = readonly Readonly<Record<string, unknown>>[];

/** What a file is about, its rows, and how many of them say nothing. */
export type ReadImport = {
  readonly kind: 'streams' | 'ignore';
  readonly rows: Rows;
  readonly leftOut: number;
};

const MAX_ROWS = 100_000;
/** What a row of each kind cannot do without. */
const NEEDED = { streams: 'link', ignore: 'value' } as const;

const Row = z.record(z.string(), z.unknown());
const List = z.union([
  z.array(Row),
  z.object({ streams: z.array(Row) }).transform(({ streams }) => streams),
  z.object({ ignore_lists: z.array(Row) }).transform(({ ignore_lists: rules }) => rules),
]);

/** Reads CSV or JSON: streams are rows with a link, rules of ignore lists rows with a list_type and a value. */
export function readImport(text: string): Result<ReadImport, string> {
  const all = /^\s*[[{]/.test(text) ? readJson(text) : readCsv(text);
  const kind = all.some((row) => 'list_type' in row) ? 'ignore' : 'streams';
  const rows = all.filter((row) => isFilled(row[NEEDED[kind]]));
  if (rows.length === 0) return fail(messages.transfer.unreadable);
  if (rows.length > MAX_ROWS) return fail(messages.transfer.tooLong(rows.length, MAX_ROWS));
  return ok({ kind, rows, leftOut: all.length - rows.length });
}

const isFilled = (value: unknown): boolean => typeof value === 'string' && value.trim() !== '';

function readJson(text: string): Rows {
  try {
    const read = List.safeParse(JSON.parse(text));
    return read.success ? read.data : [];
  } catch {
    return [];
  }
}

function readCsv(text: string): Rows {
  const { data } = Papa.parse<unknown>(text.replace(/^\uFEFF/, ''), {
    header: true,
    skipEmptyLines: 'greedy',
    transformHeader: (head) => head.trim().toLowerCase(),
    transform: plainCell,
  });
  return z.array(Row).catch([]).parse(data);
}
