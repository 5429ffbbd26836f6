import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fail, ok, type Result } from '../shared/kernel/result.ts';
import { registryRecipe } from './electron-runtime/registry-recipe.ts';
import type { Workshop } from './make-ready.ts';
import { describeOutcome, succeeded } from './process/supervise.ts';

const SOURCES = [
  'src-main',
  'src-renderer',
  'shared',
  'electron.vite.config.ts',
  'web.vite.config.ts',
  'package-lock.json',
];
const BUILD_TIMEOUT_MS = 5 * 60 * 1000;
/** A file in every finished build; its time is when that build began to read the sources. */
const BUILT = '.built';

/** Builds the app into `out/`, unless what is there is newer than every source. */
export async function buildIfStale(shop: Workshop): Promise<Result<void, string>> {
  const built = await stat(join(shop.project, 'out', BUILT)).catch(() => undefined);
  if (built !== undefined) {
    const newest = await Promise.all(SOURCES.map((source) => newestMs(join(shop.project, source))));
    if (Math.max(...newest) < built.mtimeMs) return ok(undefined);
  }
  return build(shop);
}

/**
 * Builds the app and puts it at `out/` in one step, so that whoever starts meanwhile finds a whole build.
 * The code is written for the older of the two Electrons, whichever is here.
 */
export async function build({ project, env, run, say }: Workshop): Promise<Result<void, string>> {
  say('Building the app …');
  const fresh = join(project, '.cache', `build-${process.pid}-${randomBytes(4).toString('hex')}`);
  const begun = new Date();
  try {
    await mkdir(fresh, { recursive: true });
    const outcome = await run({
      program: process.execPath,
      args: [join(project, 'node_modules/electron-vite/bin/electron-vite.js'), 'build', '--outDir', fresh],
      cwd: project,
      env: { ...env, ELECTRON_MAJOR_VER: registryRecipe.electronVersion.split('.')[0] },
      output: 'capture',
      timeoutMs: BUILD_TIMEOUT_MS,
    });
    if (!succeeded(outcome)) return fail(`The app could not be built: ${describeOutcome(outcome)}`);
    const pages = await run({
      program: process.execPath,
      args: [
        join(project, 'node_modules/vite/bin/vite.js'),
        ...['build', '-c', 'web.vite.config.ts', '--outDir', join(fresh, 'web')],
      ],
      cwd: project,
      env,
      output: 'capture',
      timeoutMs: BUILD_TIMEOUT_MS,
    });
    if (!succeeded(pages))
      return fail(`The control room for browsers could not be built: ${describeOutcome(pages)}`);
    await writeFile(join(fresh, BUILT), '');
    await utimes(join(fresh, BUILT), begun, begun);
    await replaceFolder(join(project, 'out'), fresh);
    return ok(undefined);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

/** When a source last changed; a folder's own time tells of files that were taken away. Tests are no source. */
async function newestMs(path: string): Promise<number> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return 0;
  if (!found.isDirectory()) return /\.(?:test|contract)\.tsx?$|\.md$/.test(path) ? 0 : found.mtimeMs;
  const inside = await Promise.all((await readdir(path)).map((name) => newestMs(join(path, name))));
  return Math.max(found.mtimeMs, ...inside);
}

async function replaceFolder(target: string, fresh: string): Promise<void> {
  const aside = `${fresh}-old`;
  for (let attempt = 1; ; attempt++) {
    await rename(target, aside).catch(() => undefined);
    try {
      await rename(fresh, target);
      break;
    } catch (error) {
      // Another build has put its own there in between; the later one wins.
      if (attempt === 5) throw error;
    } finally {
      await rm(aside, { recursive: true, force: true });
    }
  }
}
