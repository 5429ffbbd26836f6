import { isWell, type WorkerReport } from './run-workers.ts';
import type { WorkerState } from './worker-state.ts';
import { linesOfMetric } from './write-metric-text.ts';

type Family = readonly [name: string, type: 'counter' | 'gauge', read: (state: WorkerState) => Values];
/** One value, or several by a label. */
type Values = number | { readonly label: string; readonly values: Readonly<Record<string, number>> };

const families: readonly Family[] = [
  ['messages_read_total', 'counter', (state) => state.messagesRead],
  ['links_found_total', 'counter', (state) => state.linksFound],
  ['outcomes_total', 'counter', (state) => ({ label: 'outcome', values: state.outcomes })],
  ['links_refused_total', 'counter', (state) => ({ label: 'reason', values: state.refusedByReason })],
  ['answers_total', 'counter', (state) => state.answered],
  ['answer_lag_ms', 'gauge', (state) => state.lastLagMs],
  ['oldest_waiting_ms', 'gauge', (state) => state.oldestWaitingMs],
  ['waiting', 'gauge', (state) => state.waiting],
  ['channels_behind', 'gauge', (state) => state.behind],
  ['copy_failures_total', 'counter', (state) => state.copyFailures],
];

/** The workers' state in the text format of Prometheus. Source: prometheus.io, "Exposition formats". */
export function writeMetrics(reports: readonly WorkerReport[]): string {
  const family = (name: string, type: string, lines: readonly string[]) => [
    `# TYPE streamwall_ingest_${name} ${type}`,
    ...lines.map((line) => `streamwall_ingest_${name}{${line}`),
  ];
  const flag = (isSo: (report: WorkerReport) => boolean) =>
    reports.map((report) => `worker="${report.name}"} ${isSo(report) ? 1 : 0}`);
  const lines = [
    ...family('up', 'gauge', flag(isWell)),
    ...family(
      'given_up',
      'gauge',
      flag(({ supervision }) => supervision.type === 'given-up'),
    ),
    ...family(
      'failures_in_a_row',
      'gauge',
      reports.map(({ name, supervision }) => `worker="${name}"} ${failuresOf(supervision)}`),
    ),
    ...families.flatMap(([name, type, read]) =>
      family(
        name,
        type,
        reports.flatMap((report) =>
          report.state === undefined ? [] : linesOf(report.name, read(report.state)),
        ),
      ),
    ),
    ...reports.flatMap(({ program }) => (program?.metrics ?? []).flatMap(linesOfMetric)),
  ];
  return `${lines.join('\n')}\n`;
}

const failuresOf = (supervision: WorkerReport['supervision']): number =>
  'failures' in supervision ? supervision.failures : 0;

function linesOf(worker: string, values: Values): readonly string[] {
  if (typeof values === 'number') return [`worker="${worker}"} ${values}`];
  return Object.entries(values.values).map(
    ([key, value]) => `worker="${worker}",${values.label}="${key}"} ${value}`,
  );
}
