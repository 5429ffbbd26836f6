import { homedir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '#shared/kernel/clock.ts';
import { openAcceptedQueue } from './collect/accepted-queue.ts';
import { createDiscordPlatform } from './discord/create-discord-platform.ts';
import { readIngestConfig, type IngestConfig } from './ingest-config.ts';
import { createJsonLogger } from './json-logger.ts';
import { createSafeFetch } from './safe-fetch/create-safe-fetch.ts';
import { systemTimers } from './timers.ts';
import { createTwitchPlatform } from './twitch/create-twitch-platform.ts';
import { EXIT } from './worker-state.ts';
import { startWorker, type WorkerOptions } from './worker.ts';

/** One worker's process: `node worker-entry.ts discord`. Started by `run-workers`; runs alone as well. */
const STATE_MS = 1_000;

function end(code: number, words: string): never {
  process.send?.({ ending: words });
  process.stderr.write(`${words}\n`);
  process.exit(code);
}

function describe(
  name: string,
  config: IngestConfig,
): Pick<WorkerOptions, 'name' | 'wall' | 'createPlatform'> | undefined {
  const { discord, twitch } = config;
  if (name === 'discord' && discord !== undefined)
    return { name, wall: discord.config.wall, createPlatform: (s) => createDiscordPlatform(discord, s) };
  if (name === 'twitch' && twitch !== undefined)
    return { name, wall: twitch.config.wall, createPlatform: (s) => createTwitchPlatform(twitch, s) };
  return undefined;
}

async function run(): Promise<void> {
  const config = readIngestConfig(process.env, join(homedir(), '.streamwall', 'ingest'));
  if (!config.ok) end(EXIT.misconfigured, config.error);
  const which = describe(process.argv[2] ?? '', config.value);
  if (which === undefined)
    end(EXIT.misconfigured, `There is no worker called ${process.argv[2] ?? ''} here.`);
  const logger = createJsonLogger({ worker: which.name });
  const { dataFolder, copiesToSheet, waitsForSheet } = config.value;
  const accepted = copiesToSheet ? openAcceptedQueue(dataFolder, { clock: systemClock, logger }) : undefined;
  const web = createSafeFetch({ clock: systemClock });
  const started = await startWorker({
    ...which,
    ...(accepted === undefined ? {} : { copy: accepted }),
    waitsForSheet,
    ...{ folder: dataFolder, server: config.value.server, limit: config.value.limit },
    ...{ fetch: web.fetch, clock: systemClock, timers: systemTimers, logger },
  });
  if (!started.ok) end(EXIT.inUse, started.error);
  const worker = started.value;
  const timer = setInterval(() => process.send?.({ state: worker.state() }), STATE_MS);

  let isStopping = false;
  const stop = async (code: number, words: string): Promise<void> => {
    if (isStopping) return;
    isStopping = true;
    clearInterval(timer);
    await worker.stop();
    accepted?.close();
    web.close();
    if (code === EXIT.stopped) process.exit(code);
    end(code, words);
  };
  const stopInOrder = () => void stop(EXIT.stopped, '');
  process.on('SIGTERM', stopInOrder);
  process.on('SIGINT', stopInOrder);
  // Whoever supervised this process is gone.
  process.on('disconnect', stopInOrder);
  const words = await worker.turnedAway;
  logger.error(words);
  await stop(EXIT.turnedAway, words);
}

await run();
