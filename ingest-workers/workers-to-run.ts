import type { IngestConfig } from './ingest-config.ts';
import type { WorkerToRun } from './run-workers.ts';

const at = (file: string) => new URL(file, import.meta.url);

/** Everything that the configuration asks for, each a program of its own. */
export function workersToRun(config: IngestConfig): readonly WorkerToRun[] {
  const { discord, twitch, checksStatus, keepsSheet } = config;
  const all: readonly (WorkerToRun & { readonly isWanted: boolean })[] = [
    { name: 'discord', entry: at('worker-entry.ts'), isWanted: discord !== undefined },
    { name: 'twitch', entry: at('worker-entry.ts'), isWanted: twitch !== undefined },
    { name: 'status', entry: at('stream-status/index.ts'), isWanted: checksStatus },
    { name: 'sheet', entry: at('google-sheets/index.ts'), isWanted: keepsSheet },
  ];
  return all.filter(({ isWanted }) => isWanted).map(({ name, entry }) => ({ name, entry }));
}
