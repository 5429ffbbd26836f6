import type { WorkerReport } from './run-workers.ts';

/** The workers' state in the text format of Prometheus. Source: prometheus.io, "Exposition formats". */
export function writeMetrics(reports: readonly WorkerReport[]): string {
  const lines: string[] = [];
  const write = (name: string, type: 'counter' | 'gauge', values: readonly (readonly [string, number])[]) => {
    lines.push(`# TYPE streamwall_ingest_${name} ${type}`);
    for (const [labels, value] of values) lines.push(`streamwall_ingest_${name}{${labels}} ${value}`);
  };
  const running = reports.flatMap(({ name, state }) => (state === undefined ? [] : [[name, state] as const]));
  const each = (read: (state: (typeof running)[number][1]) => number) =>
    running.map(([name, state]) => [`worker="${name}"`, read(state)] as const);
  const by = (
    label: string,
    read: (state: (typeof running)[number][1]) => Readonly<Record<string, number>>,
  ) =>
    running.flatMap(([name, state]) =>
      Object.entries(read(state)).map(
        ([key, value]) => [`worker="${name}",${label}="${key}"`, value] as const,
      ),
    );
  write(
    'up',
    'gauge',
    reports.map(({ name, state }) => [`worker="${name}"`, state?.platform === 'connected' ? 1 : 0]),
  );
  write(
    'given_up',
    'gauge',
    reports.map(({ name, supervision }) => [`worker="${name}"`, supervision.type === 'given-up' ? 1 : 0]),
  );
  write(
    'messages_read_total',
    'counter',
    each((state) => state.messagesRead),
  );
  write(
    'links_found_total',
    'counter',
    each((state) => state.linksFound),
  );
  write(
    'outcomes_total',
    'counter',
    by('outcome', (state) => state.outcomes),
  );
  write(
    'links_refused_total',
    'counter',
    by('reason', (state) => state.refusedByReason),
  );
  write(
    'answers_total',
    'counter',
    each((state) => state.answered),
  );
  write(
    'answer_lag_ms',
    'gauge',
    each((state) => state.lastLagMs),
  );
  write(
    'waiting',
    'gauge',
    each((state) => state.waiting),
  );
  write(
    'channels_behind',
    'gauge',
    each((state) => state.behind),
  );
  write(
    'copy_failures_total',
    'counter',
    each((state) => state.copyFailures),
  );
  return `${lines.join('\n')}\n`;
}
