/**
 * What spreadsheets take for the beginning of a formula, also in its wide form, and behind marks that were put before it.
 */
const FORMULA = /^'*[=+@\t\r\n＝＋－＠-]/;

/** Text for a cell of a sheet: a spreadsheet must not take what a stranger wrote for a formula. */
export const safeCell = (text: string): string => (FORMULA.test(text) ? `'${text}` : text);

/** The text as it was before `safeCell`: what was exported is imported as it was. */
export const plainCell = (cell: string): string =>
  cell.startsWith("'") && FORMULA.test(cell.slice(1)) ? cell.slice(1) : cell;
