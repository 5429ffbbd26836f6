import { availableParallelism, loadavg } from 'node:os';
import { resolve } from 'node:path';
import { fail, ok, type Result } from '../shared/kernel/result.ts';
import { buildIfStale } from './app-build.ts';
import { measureWall, type WallToMeasure } from './bench-wall/measure-wall.ts';
import { readOptions, usage, type BenchOptions } from './bench-wall/read-options.ts';
import { serveChannels } from './bench-wall/serve-channels.ts';
import { allPlayed, hostNames, toJson, type Measurement } from './bench-wall/sum-up.ts';
import { compare, fallingBehind, footnotes, toFrameLine, toTable } from './bench-wall/words.ts';
import { startVirtualDisplay } from './display/virtual-display.ts';
import { startNeeds } from './doctor/requirements.ts';
import { inspectSandbox } from './electron-runtime/sandbox.ts';
import { makeReady, type Workshop } from './make-ready.ts';
import { stopOnSignal } from './process/stop-on-signal.ts';
import { createSupervisor, type Supervisor } from './process/supervise.ts';
import { hasSound, sharedMemoryBytes } from './start/inspect-surroundings.ts';
import { planLaunch } from './start/plan-launch.ts';

/**
 * `npm run bench:wall`: shows walls of demo channels on a virtual display, each with a view per tile and with shared
 * player pages, and prints what they cost. The last line is JSON.
 */
async function bench(
  supervisor: Supervisor,
  shop: Workshop,
  options: BenchOptions,
): Promise<Result<readonly Measurement[], string>> {
  const prepared = await prepare(shop);
  if (!prepared.ok) return prepared;
  const display = await startVirtualDisplay(supervisor);
  const channels = await serveChannels(supervisor, shop.project);
  const wallOf = (tiles: number): Omit<WallToMeasure, 'host'> => ({
    links: channels.links(tiles),
    seconds: options.seconds,
    launch: (env) => ({
      program: prepared.value.executable,
      args: prepared.value.args,
      cwd: shop.project,
      env: { ...shop.env, ...display.env, ...prepared.value.env, ...env },
      output: 'capture',
    }),
  });
  try {
    // The first start of all reads everything from disk; it is not compared with later ones.
    shop.say('warming up …');
    await measureWall(supervisor, { ...wallOf(1), host: 'player', seconds: 1 });
    const measurements: Measurement[] = [];
    for (const tiles of options.tiles) {
      for (const host of options.hosts) {
        shop.say(`${tiles} tiles, ${hostNames[host]} …`);
        measurements.push({ host, wall: await measureWall(supervisor, { ...wallOf(tiles), host }) });
      }
    }
    return ok(measurements);
  } finally {
    await channels.stop();
    await display.stop();
  }
}

type Prepared = {
  readonly executable: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
};

async function prepare(shop: Workshop): Promise<Result<Prepared, string>> {
  if (process.platform !== 'linux')
    return fail('This bench reads /proc and needs a virtual display: it runs on Linux only.');
  const ready = await makeReady(startNeeds(false), shop);
  if (!ready.ok) return ready;
  const built = await buildIfStale(shop);
  if (!built.ok) return built;
  const sandbox = await inspectSandbox(ready.value.binary, shop.run);
  const plan = planLaunch({
    project: shop.project,
    askedFrom: shop.project,
    args: {
      help: false,
      noSandbox: sandbox.kind === 'blocked',
      exitAfterSeconds: undefined,
      screenshot: undefined,
      passedOn: ['--remote-debugging-port=0'],
    },
    sandbox,
    // A picture of the wall would be work of its own.
    isVirtualDisplay: false,
    sharedMemoryBytes: await sharedMemoryBytes(),
    hasSound: await hasSound(shop.env),
  });
  return ok({ executable: ready.value.executable, args: plan.args, env: plan.env });
}

function print(measurements: readonly Measurement[], seconds: number): void {
  const lines = [
    '',
    ...toTable(measurements),
    '',
    ...compare(measurements),
    ...fallingBehind(measurements),
    ...footnotes(measurements),
    '',
    `Frames shown (dropped) by each tile in ${seconds} s:`,
    ...measurements.map(toFrameLine),
    '',
    toJson(measurements),
  ];
  for (const line of lines) console.log(line);
}

const options = readOptions(process.argv.slice(2));
if (!options.ok || options.value.help) {
  console.log(options.ok ? usage : options.error);
  process.exitCode = options.ok ? 0 : 1;
} else {
  const supervisor = createSupervisor();
  const interruption = stopOnSignal({ stop: () => supervisor.stopAll(), kill: () => supervisor.killAll() });
  const shop: Workshop = {
    project: resolve(import.meta.dirname, '..'),
    env: process.env,
    run: supervisor.run,
    say: (line) => {
      if (!interruption.isUnderWay()) console.log(line);
    },
  };
  const load = loadavg()[0]?.toFixed(1) ?? '?';
  shop.say(`${availableParallelism()} cores, load ${load} before the start`);
  const ended = await bench(supervisor, shop, options.value).catch((error: unknown) =>
    fail(error instanceof Error ? error.message : String(error)),
  );
  if (!interruption.isUnderWay()) {
    if (ended.ok) print(ended.value, options.value.seconds);
    else console.error(ended.error);
    process.exitCode = ended.ok && ended.value.every(({ wall }) => allPlayed(wall)) ? 0 : 1;
  }
}
