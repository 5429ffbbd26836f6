import Papa from 'papaparse';

/** Rows, under a head if there is to be one, quoted where need be; lines end as RFC 4180 says. */
export function writeCsv(head: readonly string[] | undefined, rows: readonly (readonly unknown[])[]): string {
  return `${Papa.unparse([...(head === undefined ? [] : [[...head]]), ...rows.map((row) => [...row])])}\r\n`;
}

/** The rows of a text whose first line names the columns, as objects; at most `most`. */
export function readCsv(text: string, most: number): readonly Record<string, string>[] {
  const { data } = Papa.parse<Record<string, string>>(text, {
    ...{ header: true, skipEmptyLines: 'greedy', preview: most },
    transformHeader: (name) => name.trim().toLowerCase(),
  });
  return data;
}
