import { homedir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '#shared/kernel/clock.ts';
import { readIngestConfig } from './ingest-config.ts';
import { createJsonLogger } from './json-logger.ts';
import { runWorkers } from './run-workers.ts';
import { workersToRun } from './workers-to-run.ts';
import { serveMetrics } from './serve-metrics.ts';
import { systemTimers } from './timers.ts';
import { EXIT } from './worker-state.ts';

/** `npm run ingest`: everything that is configured, each in a process of its own, watched over. */
const config = readIngestConfig(process.env, join(homedir(), '.streamwall', 'ingest'));
if (!config.ok) {
  console.error(config.error);
  process.exit(EXIT.misconfigured);
}
const { metricsPort } = config.value;
const logger = createJsonLogger({ worker: 'supervisor' });
const wanted = workersToRun(config.value);
// First what can be refused; then what has to be stopped.
const metrics =
  metricsPort === undefined
    ? undefined
    : await serveMetrics(metricsPort, () => workers.states()).catch((error: unknown) => {
        console.error(`Metrics cannot be served on port ${metricsPort}: ${String(error)}`);
        process.exit(EXIT.misconfigured);
      });
const workers = runWorkers({ workers: wanted, clock: systemClock, timers: systemTimers, logger });
if (metrics !== undefined) console.log(`metrics on ${metrics.url}`);
console.log(`running ${wanted.map(({ name }) => name).join(' and ')}`);

let isStopping = false;
async function stop(): Promise<void> {
  if (isStopping) process.exit(EXIT.crashed);
  isStopping = true;
  const isClean = await workers.stop();
  metrics?.close();
  process.exit(isClean ? EXIT.stopped : EXIT.crashed);
}
process.on('SIGTERM', () => void stop());
process.on('SIGINT', () => void stop());
await workers.allGivenUp;
logger.error('every worker was given up');
process.exit(EXIT.crashed);
