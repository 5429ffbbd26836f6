import type { WorkerReport } from './run-workers.ts';
import { serveHealth } from './serve-health.ts';
import { writeMetrics } from './write-metrics.ts';

/** The bots' numbers and health: 503 as soon as one worker is not connected. */
export const serveMetrics = (port: number, reports: () => readonly WorkerReport[]) =>
  serveHealth(port, () => ({
    isWell: reports().every(({ state }) => state?.platform === 'connected'),
    health: { workers: reports() },
    metrics: () => writeMetrics(reports()),
  }));
