import { COMPARISONS, ratiosOf, type Figures, type Measurement, type Setting } from './ratios.ts';
import type { Scenario } from './read-options.ts';
import { median } from './statistics.ts';

export const TITLES: Readonly<Record<Scenario, string>> = {
  a: '(a) edit to seen, 1 writer, 50 readers (ms; CPU in µs)',
  b: '(b) 20 writers in one document, 1 edit under way each (CPU in µs)',
  b8: '(b8) the same, 8 under way each',
  c: '(c) 200 documents x 5 clients (ms; CPU in µs)',
  d: '(d) load of a catalogue of 5,000 streams (ms)',
  f: '(f) presence of 200, once a second each (ms; CPU in µs)',
  g: '(g) 200 clients reconnect at once (ms)',
  h: '(h) killed under load (edits)',
};

/** A table of one scenario: a row a server, medians over the passes. */
export function toTable(scenario: Scenario, measurements: readonly Measurement[]): readonly string[] {
  const own = measurements.filter((one) => one.scenario === scenario);
  const servers = [...new Set(own.map(({ server }) => server))];
  const columns = [...new Set(own.flatMap(({ figures }) => Object.keys(figures)))];
  if (columns.length === 0) return ['', TITLES[scenario], 'nothing was measured'];
  const rows = servers.map((server) => {
    const passes = own.flatMap((one) => (one.server === server ? [one.figures] : []));
    return [server, ...columns.map((column) => inShort(middle(passes, column)))];
  });
  return ['', TITLES[scenario], ...aligned([['', ...columns], ...rows])];
}

/** A table of ratios: a row a comparison, a column a setting. */
export function toRatioTable(
  measurements: readonly Measurement[],
  settings: readonly Setting[],
): readonly string[] {
  const all = settings.map((setting) => ratiosOf(measurements, setting));
  const rows = Object.keys(COMPARISONS).map((name) => [
    name,
    ...all.map((ratios) => inShort((ratios as Readonly<Record<string, number>>)[name])),
  ]);
  return ['', 'ratio to the better peer; above 1 ours is better', ...aligned([['', ...settings], ...rows])];
}

function middle(passes: readonly Figures[], column: string): number | undefined {
  const values = passes.flatMap((figures) => figures[column] ?? []);
  return values.length === 0 ? undefined : median(values);
}

function inShort(value: number | undefined): string {
  if (value === undefined) return '–';
  if (value === 0 || Number.isInteger(value)) return String(value);
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return value.toFixed(digits);
}

function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => (row[i] ?? '').length)));
  return rows.map((row) =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  '),
  );
}
