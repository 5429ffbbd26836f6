import Papa from 'papaparse';
import { plainCell, safeCell } from '#shared/model/sheet-cell.ts';
import { refusals } from '../http-refusal.ts';

const cellOf = (value: unknown): unknown => (typeof value === 'string' ? safeCell(value) : (value ?? ''));

/** Rows, under a head if there is to be one, quoted where need be; lines end as RFC 4180 says. */
export function writeCsv(head: readonly string[] | undefined, rows: readonly (readonly unknown[])[]): string {
  return `${Papa.unparse([...(head === undefined ? [] : [[...head]]), ...rows.map((row) => row.map(cellOf))])}\r\n`;
}

/**
 * The rows of a text whose first line names the columns, as objects.
 * @throws {HttpRefusal} 422 when there are more than `most`: nothing is left out unsaid
 */
export function readCsv(text: string, most: number): readonly Record<string, string>[] {
  const { data } = Papa.parse<Record<string, string>>(text, {
    ...{ header: true, skipEmptyLines: 'greedy', preview: most + 1 },
    transformHeader: (name) => name.trim().toLowerCase(),
    transform: plainCell,
  });
  if (data.length > most) throw refusals.invalid('csv', `has more than ${String(most)} rows`);
  return data;
}
