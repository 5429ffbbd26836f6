import { homedir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '#shared/kernel/clock.ts';
import { readConfig } from './config.ts';
import { createSyncServer } from './create-sync-server.ts';
import { systemTimers } from './documents/timers.ts';
import { createJsonLogger } from './json-logger.ts';
import { createDependencyTimings } from './metrics/dependency-timings.ts';
import { openNeighbours } from './open-neighbours.ts';
import { openStore } from './open-store.ts';
import { waitForPostgres } from './wait-for-postgres.ts';

/** Says in one sentence why the server does not start, and ends. */
function giveUp(words: string, code: number): never {
  console.error(words);
  process.exit(code);
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

async function start(): Promise<void> {
  const read = readConfig(process.env, join(homedir(), '.streamwall', 'server'));
  if (!read.ok) giveUp(read.error, 2);
  const config = read.value;
  const parts = { clock: systemClock, timers: systemTimers, logger: createJsonLogger(config.logLevel) };
  // Until there is something to stop. In a container nothing else ends a first process that waits for its database.
  let stop = async (): Promise<void> => Promise.resolve();
  stopOnSignal(async (signal) => {
    parts.logger.info('stopping', { signal });
    await stop();
  });
  const timings = createDependencyTimings();
  let onEnd = (_why: string): void => undefined;
  const databaseEnd = new Promise<string>((resolve) => (onEnd = resolve));
  const storeParts = { ...parts, observe: timings.database, onEnd: (why: string) => onEnd(why) };
  const open = async () => openStore(config, storeParts);
  const opened = await (
    config.databaseUrl === undefined ? open() : waitForPostgres(open, config, parts)
  ).catch((error: unknown) => giveUp(`The database cannot be opened: ${wordsOf(error)}`, 4));
  if (!opened.ok) {
    giveUp(`The data folder ${config.dataFolder} is in use by process ${String(opened.error.pid)}.`, 3);
  }
  const store = opened.value;
  const neighbours = await openNeighbours(config.redisUrl, await store.log.storeId(), {
    ...parts,
    observe: timings.redis,
  });
  const server = await createSyncServer({ ...parts, ...neighbours, config, store, timings }).catch(
    async (error: unknown) => {
      await store.close();
      return giveUp(`The server cannot listen: ${wordsOf(error)}`, 5);
    },
  );
  store.announce(server.url);
  console.log(`listening on ${server.url}`);
  process.on('SIGHUP', () => void server.reload());

  stop = async () => {
    await server.stop();
    neighbours.close();
    await store.close();
  };
  const why = await databaseEnd;
  await stop().catch((error: unknown) => parts.logger.warn('could not stop in order', { error }));
  giveUp(`${why} What was called saved is on disk.`, 6);
}

/** The first signal stops in order; a second one ends at once. */
function stopOnSignal(stop: (signal: string) => Promise<void>): void {
  let isStopping = false;
  const hear = (signal: string): void => {
    if (isStopping) process.exit(1);
    isStopping = true;
    stop(signal).then(
      () => process.exit(0),
      (error: unknown) => giveUp(`Could not stop in order: ${wordsOf(error)}`, 1),
    );
  };
  process.on('SIGTERM', hear);
  process.on('SIGINT', hear);
}

await start();
