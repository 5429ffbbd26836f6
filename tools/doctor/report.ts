/** One line of what `npm run doctor` tells. */
export type Row = {
  readonly title: string;
  readonly state:
    | 'there'
    /** Something that Streamwall cannot do without. */
    | 'missing'
    /** Something that it can do without, or that it brings itself. */
    | 'absent';
  readonly detail: string;
  readonly remedy?: string;
};

const MARKS = { there: 'ok     ', missing: 'MISSING', absent: '-      ' } as const;

/**
 * The rows as lines for a terminal, remedies below what they are for, and a sentence at the end.
 * @param installsItself whether `npm start` may install packages here
 */
export function writeReport(rows: readonly Row[], installsItself: boolean): readonly string[] {
  const width = Math.max(...rows.map((row) => row.title.length));
  const lines = rows.flatMap((row) => [
    `${MARKS[row.state]}  ${row.title.padEnd(width)}  ${row.detail}`,
    ...(row.remedy === undefined ? [] : [`${' '.repeat(11 + width)}→ ${row.remedy}`]),
  ]);
  const missing = rows.filter((row) => row.state === 'missing');
  const verdict =
    missing.length === 0
      ? 'Everything that is required is here.'
      : `Missing: ${missing.map((row) => row.title).join(', ')}.` +
        (installsItself ? ' `npm start` and `npm test` install what apt can bring.' : '');
  return [...lines, '', verdict];
}

export function isHealthy(rows: readonly Row[]): boolean {
  return rows.every((row) => row.state !== 'missing');
}
