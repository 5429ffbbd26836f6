import { homedir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '#shared/kernel/clock.ts';
import { readConfig } from './config.ts';
import { createSyncServer } from './create-sync-server.ts';
import { systemTimers } from './documents/timers.ts';
import { createJsonLogger } from './json-logger.ts';
import { openNeighbours } from './open-neighbours.ts';
import { openStore } from './open-store.ts';

const config = readConfig(process.env, join(homedir(), '.streamwall', 'server'));
if (!config.ok) {
  console.error(config.error);
  process.exit(2);
}
const logger = createJsonLogger(config.value.logLevel);
const store = await openStore(config.value, { clock: systemClock, logger });
if (!store.ok) {
  console.error(
    `The data folder ${config.value.dataFolder} is in use by process ${String(store.error.pid)}.`,
  );
  process.exit(3);
}
const neighbours = await openNeighbours(config.value.redisUrl, await store.value.log.storeId(), {
  clock: systemClock,
  logger,
});
const server = await createSyncServer({
  config: config.value,
  store: store.value,
  fanOut: neighbours.fanOut,
  board: neighbours.board,
  clock: systemClock,
  timers: systemTimers,
  logger,
});
console.log(`listening on ${server.url}`);

let isStopping = false;
const stop = (signal: string): void => {
  if (isStopping) return;
  isStopping = true;
  logger.info('stopping', { signal });
  server
    .stop()
    .then(() => neighbours.close())
    .then(() => store.value.close())
    .then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error('could not stop in order', { error });
        process.exit(1);
      },
    );
};
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
