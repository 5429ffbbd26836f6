import { availableParallelism, loadavg } from 'node:os';
import { CONTESTANTS } from './contestants.ts';
import { prepareGrounds } from './grounds.ts';
import { toJson, type Measurement } from './ratios.ts';
import { readOptions, usage, type BenchOptions } from './read-options.ts';
import { startClients } from './run-clients.ts';
import { runScenario } from './run-scenario.ts';
import { TITLES, toRatioTable, toTable } from './words.ts';

/**
 * `npm run bench:sync`: our server beside @y/websocket-server and Hocuspocus, each with what it can be compared with. Starts
 * its own Postgres and Redis and leaves nothing behind. The last line is JSON.
 */
async function bench(options: BenchOptions): Promise<void> {
  const say = (line: string): void => console.log(line);
  const load = loadavg().map((one) => one.toFixed(1));
  say(`${String(availableParallelism())} cores, load ${load.join(' ')} before the start`);
  const measurements: Measurement[] = [];
  let isInterrupted = false;
  let stopClients = (): void => undefined;
  const interrupt = (): void => {
    isInterrupted = true;
    stopClients();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, interrupt);
  const stopWatching = onParentEnd(interrupt);
  const grounds = await prepareGrounds();
  const clients = startClients();
  stopClients = clients.stop;
  try {
    const contestants = CONTESTANTS.filter(({ setting }) => options.settings.includes(setting));
    for (const scenario of options.scenarios) {
      if (isInterrupted) break;
      const beganMs = performance.now();
      const now = await runScenario(scenario, contestants, {
        ...{ grounds, clients, options, say },
        isInterrupted: () => isInterrupted,
      });
      measurements.push(...now);
      for (const line of toTable(scenario, now)) say(line);
      say(`${((performance.now() - beganMs) / 1_000).toFixed(0)} s, load ${loadavg()[0]?.toFixed(1) ?? ''}`);
    }
  } finally {
    stopWatching();
    clients.stop();
    await grounds.remove();
  }
  if (isInterrupted) {
    process.exitCode = 130;
    return;
  }
  for (const line of toRatioTable(measurements, options.settings)) say(line);
  say('');
  say(toJson(measurements, options.settings));
}

/** npm, when it is ended, ends the shell that it has started for this, and that tells nobody. @returns how to stop watching */
function onParentEnd(work: () => void): () => void {
  if (process.env['npm_lifecycle_event'] === undefined) return () => undefined;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    work();
  }, 300);
  return () => clearInterval(timer);
}

const options = readOptions(process.argv.slice(2));
if (!options.ok || options.value.help) {
  const titles = Object.values(TITLES).map((title) => `  ${title}`);
  console.log(options.ok ? [usage, '', ...titles].join('\n') : options.error);
  process.exitCode = options.ok ? 0 : 2;
} else {
  await bench(options.value);
}
