import { isWell, type WorkerReport } from './run-workers.ts';
import { serveHealth } from './serve-health.ts';
import { writeMetrics } from './write-metrics.ts';

/** The workers' numbers and health: 503 as soon as one of them is not well. */
export const serveMetrics = (port: number, reports: () => readonly WorkerReport[]) =>
  serveHealth(port, () => ({
    isWell: reports().every(isWell),
    health: { workers: reports() },
    metrics: () => writeMetrics(reports()),
  }));
