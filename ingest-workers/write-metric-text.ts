import type { Metric, ProgramState } from './team-program.ts';

/** A program's numbers in the text format of Prometheus. Source: prometheus.io, "Exposition formats". */
export function writeMetricText({ isWell, metrics }: ProgramState): string {
  const up = {
    ...{ name: 'program_up', type: 'gauge' as const, help: 'Whether it does its work now.' },
    values: [{ labels: {}, value: isWell ? 1 : 0 }],
  };
  return `${[up, ...metrics].flatMap(linesOfMetric).join('\n')}\n`;
}

export const linesOfMetric = ({ name, type, help, values }: Metric): readonly string[] => [
  `# HELP streamwall_${name} ${help.replaceAll('\\', '\\\\').replaceAll('\n', ' ')}`,
  `# TYPE streamwall_${name} ${type}`,
  ...values.map(({ labels, value }) => `streamwall_${name}${labelText(labels)} ${value}`),
];

function labelText(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

/** Hosts and reasons come from outside: no value may end its line. */
const escaped = (text: string) =>
  text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
