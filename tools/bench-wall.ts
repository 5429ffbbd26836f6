import { availableParallelism, loadavg } from 'node:os';
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
import { describeOutcome, succeeded, type Supervisor } from './process/supervise.ts';
import { runInShop } from './run-in-shop.ts';
import { hasSound, sharedMemoryBytes } from './start/inspect-surroundings.ts';
import { planLaunch } from './start/plan-launch.ts';

/**
 * `npm run bench:wall`: shows walls of demo channels on a virtual display, each with a view per tile and with shared
 * player pages, and prints what they cost; then how long it takes from putting a stream on a wall to its first frame, and
 * from each fault to playing again. Each part ends with a line of JSON.
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

/** What is measured on walls, then how long they take; both on a display that nobody sees. */
async function measureAll(
  supervisor: Supervisor,
  shop: Workshop,
  options: BenchOptions,
): Promise<Result<void, string>> {
  const load = loadavg()[0]?.toFixed(1) ?? '?';
  shop.say(`${availableParallelism()} cores, load ${load} before the start`);
  const measured = await bench(supervisor, shop, options);
  if (!measured.ok) return measured;
  print(measured.value, options.seconds);
  if (options.times > 0) {
    const taken = await measureTimes(supervisor, shop, options.times);
    if (!taken.ok) return taken;
  }
  return measured.value.every(({ wall }) => allPlayed(wall)) ? ok(undefined) : fail('Not every tile played.');
}

/** How long it takes until a stream is seen, and until a tile plays again: stories in the real program, which print it. */
async function measureTimes(
  supervisor: Supervisor,
  shop: Workshop,
  times: number,
): Promise<Result<void, string>> {
  shop.say('how long it takes …');
  const display = await startVirtualDisplay(supervisor);
  try {
    const outcome = await supervisor.run({
      program: process.execPath,
      args: ['e2e/bench-wall-times.ts', String(times)],
      cwd: shop.project,
      env: { ...shop.env, ...display.env },
      output: 'show',
    });
    return succeeded(outcome) ? ok(undefined) : fail(`It could not be measured: ${describeOutcome(outcome)}`);
  } finally {
    await display.stop();
  }
}

const options = readOptions(process.argv.slice(2));
if (!options.ok || options.value.help) {
  console.log(options.ok ? usage : options.error);
  process.exitCode = options.ok ? 0 : 1;
} else {
  await runInShop(async (supervisor, shop) => measureAll(supervisor, shop, options.value));
}
