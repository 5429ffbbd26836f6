import Papa from 'papaparse';
import { refusals } from '../http-refusal.ts';

const FORMULA = /^[=+@\t\r-]/;

/** A spreadsheet must not take what a stranger wrote for a formula. */
const safeCell = (value: unknown): unknown =>
  typeof value === 'string' && FORMULA.test(value) ? `'${value}` : (value ?? '');

/** A cell as it was before `safeCell`: what was exported is imported as it was. */
const plainCell = (text: string): string =>
  text.startsWith("'") && FORMULA.test(text.slice(1)) ? text.slice(1) : text;

/** Rows, under a head if there is to be one, quoted where need be; lines end as RFC 4180 says. */
export function writeCsv(head: readonly string[] | undefined, rows: readonly (readonly unknown[])[]): string {
  return `${Papa.unparse([...(head === undefined ? [] : [[...head]]), ...rows.map((row) => row.map(safeCell))])}\r\n`;
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
