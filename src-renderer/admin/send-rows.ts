import Papa from 'papaparse';
import { z } from 'zod';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { safeCell } from '#shared/model/sheet-cell.ts';
import type { AdminApi } from './admin-api.ts';
import type { RefusedRow } from './import-state.ts';
import { messages } from './messages.ts';
import type { ReadImport, Rows } from './read-import.ts';

/** What became of some rows. */
export type SentRows = {
  readonly added: number;
  readonly refused: readonly RefusedRow[];
};

const StreamsReport = z.object({
  rows: z.array(z.object({ index: z.number(), result: z.string(), errors: z.array(z.string()) })),
});
const RulesReport = z.object({
  created: z.array(z.unknown()),
  errors: z.array(z.object({ value: z.unknown(), errors: z.array(z.string()) })),
});

/** Sends rows that begin at a place of the file. What was sent before changes nothing when it is sent again. */
export async function sendRows(
  kind: ReadImport['kind'],
  rows: Rows,
  from: number,
  api: Pick<AdminApi, 'send'>,
): Promise<Result<SentRows, string>> {
  const answer =
    kind === 'streams'
      ? await api.send('POST', 'streams/bulk_import', asSheet(rows) ?? { streams: rows.map(withoutEmpty) })
      : await api.send('POST', 'ignore_lists/bulk_create', { entries: rows.map(withoutEmpty) });
  if (!answer.ok) return answer;
  const read =
    kind === 'streams' ? readStreams(answer.value, rows, from) : readRules(answer.value, rows, from);
  return read === undefined ? fail(messages.notUnderstood) : ok(read);
}

function readStreams(answer: unknown, rows: Rows, from: number): SentRows | undefined {
  const report = StreamsReport.safeParse(answer);
  if (!report.success) return undefined;
  const of = (result: string) => report.data.rows.filter((row) => row.result === result);
  return {
    added: of('created').length,
    refused: of('failed').map(({ index, errors }) => ({
      row: from + index + 1,
      what: textOf(rows[index]?.['link']),
      why: errors.join('; '),
    })),
  };
}

/** As StreamSource says it. */
const IS_THERE = 'value has already been taken';

/** Its errors name the value, and come in the order of the rows. */
function readRules(answer: unknown, rows: Rows, from: number): SentRows | undefined {
  const report = RulesReport.safeParse(answer);
  if (!report.success) return undefined;
  let at = 0;
  const notAdded = report.data.errors.map(({ value, errors }) => {
    const found = rows.findIndex((row, index) => index >= at && row['value'] === value);
    if (found !== -1) at = found + 1;
    return { row: from + Math.max(found, 0) + 1, what: textOf(value), why: errors.join('; ') };
  });
  return { added: report.data.created.length, refused: notAdded.filter(({ why }) => why !== IS_THERE) };
}

/** Cells are texts, which the server reads as its fields want them; undefined for rows that are none of a sheet. */
function asSheet(rows: Rows): { readonly csv: string } | undefined {
  const cells = z.array(z.record(z.string(), z.string())).safeParse(rows);
  if (!cells.success) return undefined;
  const fields = [...new Set(cells.data.flatMap((row) => Object.keys(row)))];
  const data = cells.data.map((row) => fields.map((field) => safeCell(row[field] ?? '')));
  return { csv: Papa.unparse({ fields, data }) };
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const withoutEmpty = (row: Rows[number]) =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== ''));
