import { columnNames, type Column } from './sheet-columns.ts';

/** Where each known column stands, counted from 0. */
export type SheetLayout = Readonly<{ places: ReadonlyMap<Column, number>; width: number }>;

/** Reads the header row; undefined without a link column, for then nothing can be said of any row. */
export function readLayout(header: readonly string[]): SheetLayout | undefined {
  const names = header.map((text) =>
    text
      .replace(/\([^)]{0,40}\)/g, '')
      .trim()
      .toLowerCase(),
  );
  const places = new Map<Column, number>();
  for (const [column, titles] of Object.entries(columnNames) as [Column, readonly string[]][]) {
    const place = names.findIndex((name) => titles.includes(name));
    if (place >= 0) places.set(column, place);
  }
  return places.has('link') ? { places, width: header.length } : undefined;
}

/** The letters of a column: 0 is A, 25 is Z, 26 is AA. */
export function columnLetters(place: number): string {
  const letter = String.fromCharCode(65 + (place % 26));
  return place < 26 ? letter : columnLetters(Math.floor(place / 26) - 1) + letter;
}

/** A cell's name in A1 notation. `row` is counted from 0, the header's row. */
export const cellName = (tab: string, row: number, place: number): string =>
  `${quoteTab(tab)}!${columnLetters(place)}${row + 1}`;

export const quoteTab = (tab: string): string => `'${tab.replaceAll("'", "''")}'`;
