import { expect, it } from 'vitest';
import { plainCell, safeCell } from './sheet-cell.ts';

it('marks what a spreadsheet would take for a formula, and takes the mark away again', () => {
  for (const text of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1', "'=1", "''@x"]) {
    expect(safeCell(text)).toBe(`'${text}`);
    expect(plainCell(safeCell(text))).toBe(text);
  }
  for (const text of ['', 'Main & 5th', "'quoted'", "'", 'a=1', ' =1']) {
    expect(safeCell(text)).toBe(text);
    expect(plainCell(text)).toBe(text);
  }
});
