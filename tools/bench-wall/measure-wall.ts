import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describeOutcome, type Command, type Running, type Supervisor } from '../process/supervise.ts';
import { findDevtoolsPort } from './devtools-page.ts';
import { makeWall } from './make-wall.ts';
import { cpuSecondsBetween, readCpuTimes, readMemory } from './read-process-cost.ts';
import type { Host } from './read-options.ts';
import type { WallMeasured } from './sum-up.ts';
import { createWallProbe, type WallProbe } from './wall-probe.ts';

export type WallToMeasure = {
  readonly links: readonly string[];
  readonly host: Host;
  readonly seconds: number;
  /** How the app is started on a data folder. */
  readonly launch: (env: NodeJS.ProcessEnv) => Command;
};

const START_MS = 30_000;
/** Tiles that do not play by then are counted as such. */
const PLAY_MS = 60_000;
const LOOK_MS = 100;
/** What follows the first frames, such as filling the buffers, is not part of showing a wall. */
const SETTLE_MS = 3_000;

/**
 * Starts the desktop on a wall of these links, watches it, and ends it.
 * @throws Error when it does not start, or ends by itself
 */
export async function measureWall(supervisor: Supervisor, wall: WallToMeasure): Promise<WallMeasured> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'streamwall-bench-'));
  try {
    await makeWall(dataFolder, wall.links);
    const startedAtMs = Date.now();
    const app = supervisor.start(
      wall.launch({ STREAMWALL_DATA_DIR: dataFolder, STREAMWALL_TILE_HOST: wall.host }),
    );
    const ended = app.outcome.then((outcome): never => {
      throw new Error(`Streamwall ended: ${describeOutcome(outcome)}`);
    });
    ended.catch(() => undefined);
    try {
      return await Promise.race([watch(app, wall, startedAtMs), ended]);
    } finally {
      await app.stop();
    }
  } finally {
    await rm(dataFolder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function watch(app: Running, wall: WallToMeasure, startedAtMs: number): Promise<WallMeasured> {
  const root = app.child.pid;
  if (root === undefined) throw new Error('Streamwall did not start');
  const probe = createWallProbe(await readPort(app));
  await until(probe.watch, START_MS);
  await until(async () => (await probe.firstPlayed()).length >= wall.links.length, PLAY_MS);
  await pause(SETTLE_MS);
  const firstPlayed = await probe.firstPlayed();
  const before = await look(probe, root);
  await pause(wall.seconds * 1000);
  const after = await look(probe, root);
  return {
    tiles: wall.links.length,
    firstFramesMs: firstPlayed.map((atMs) => atMs - startedAtMs).toSorted((a, b) => a - b),
    seconds: (after.atMs - before.atMs) / 1000,
    cpuSeconds: cpuSecondsBetween(before.cpu, after.cpu),
    memory: readMemory(root),
    framesBefore: before.frames,
    framesAfter: after.frames,
  };
}

async function look(probe: WallProbe, root: number) {
  const frames = await probe.frames();
  return { frames, cpu: readCpuTimes(root), atMs: performance.now() };
}

/** Asks again until the answer is yes. @returns whether it ever was */
async function until(ask: () => Promise<boolean>, limitMs: number): Promise<boolean> {
  const endMs = performance.now() + limitMs;
  for (;;) {
    if (await ask()) return true;
    if (performance.now() > endMs) return false;
    await pause(LOOK_MS);
  }
}

function readPort(app: Running): Promise<number> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('Electron opened no debugging port')), START_MS);
    let printed = '';
    app.child.stderr?.on('data', (text: string) => {
      printed = (printed + text).slice(-10_000);
      const port = findDevtoolsPort(printed);
      if (port === undefined) return;
      clearTimeout(timer);
      resolve(port);
    });
  });
}
