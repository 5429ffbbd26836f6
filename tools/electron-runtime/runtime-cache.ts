import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join, relative } from 'node:path';
import { lookAtProcess } from '../process/process-tree.ts';

/**
 * Folders that are made once and used many times. A folder appears under its name only when it is whole: it is
 * made elsewhere in the cache and renamed, so a build that is killed, or two at once, never leave a half one behind.
 */
export type RuntimeCache = {
  readonly root: string;
  /** The folder of that name if it is whole, with every file at its full size. */
  readonly find: (name: string) => Promise<string | undefined>;
  /** The folder of that name; `make` fills an empty folder if there is none yet. */
  readonly keep: (name: string, make: (folder: string) => Promise<void>) => Promise<string>;
  /** Removes what was left by killed builds, and folders of this family that nobody has used for a month. */
  readonly sweep: (family: string, nowMs: number) => Promise<void>;
};

type Manifest = { readonly files: readonly (readonly [path: string, bytes: number])[] };

const MANIFEST = 'manifest.json';
const BUILDING = '.building-';
const ABANDONED_AFTER_MS = 6 * 60 * 60 * 1000;
const UNUSED_AFTER_MS = 30 * 24 * 60 * 60 * 1000;

/** Opens the first of `places` that can be written to; throws when none can. */
export async function openRuntimeCache(places: readonly string[]): Promise<RuntimeCache> {
  const refusals: string[] = [];
  for (const root of places) {
    try {
      await mkdir(root, { recursive: true });
      const probe = join(root, `.probe-${randomBytes(6).toString('hex')}`);
      await writeFile(probe, '');
      await rm(probe);
      return runtimeCacheAt(root);
    } catch (error) {
      refusals.push(`${root} (${error instanceof Error ? error.message : String(error)})`);
    }
  }
  throw new Error(`there is no folder to keep the runtime in; tried ${refusals.join(', ')}`);
}

function runtimeCacheAt(root: string): RuntimeCache {
  const find: RuntimeCache['find'] = async (name) => {
    const folder = join(root, name);
    if (!(await isWhole(folder))) return undefined;
    const now = new Date();
    await utimes(join(folder, MANIFEST), now, now).catch(() => undefined);
    return folder;
  };
  const keep: RuntimeCache['keep'] = async (name, make) => {
    const ready = await find(name);
    if (ready !== undefined) return ready;
    const building = join(root, buildingName(process.pid));
    try {
      await mkdir(building, { recursive: true });
      await make(building);
      const manifest: Manifest = { files: await listFiles(building, building) };
      await writeFile(join(building, MANIFEST), JSON.stringify(manifest));
      return await publish(building, join(root, name));
    } finally {
      await rm(building, { recursive: true, force: true });
    }
  };
  return { root, find, keep, sweep: (family, nowMs) => sweep(root, family, nowMs) };
}

async function publish(building: string, folder: string): Promise<string> {
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      await rename(building, folder);
      return folder;
    } catch (error) {
      // Something is there already: another build's whole folder is as good as ours; a damaged one makes way.
      if (await isWhole(folder)) return folder;
      const aside = join(building, '..', buildingName(process.pid));
      try {
        await rename(folder, aside);
      } catch {
        if (attempt === 4) throw error;
      }
      await rm(aside, { recursive: true, force: true });
    }
  }
  throw new Error(`${folder} could not be put in place`);
}

async function isWhole(folder: string): Promise<boolean> {
  try {
    const manifest = parseManifest(await readFile(join(folder, MANIFEST), 'utf8'));
    if (manifest === undefined) return false;
    const sizes = await Promise.all(manifest.files.map(([path]) => stat(join(folder, path))));
    return manifest.files.every(([, bytes], index) => sizes[index]?.size === bytes);
  } catch {
    return false;
  }
}

function parseManifest(text: string): Manifest | undefined {
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null || !('files' in value) || !Array.isArray(value.files)) {
    return undefined;
  }
  const files: (readonly [string, number])[] = [];
  for (const row of value.files as readonly unknown[]) {
    if (!Array.isArray(row)) return undefined;
    const [path, bytes] = row as readonly unknown[];
    if (typeof path !== 'string' || typeof bytes !== 'number') return undefined;
    files.push([path, bytes]);
  }
  return { files };
}

async function listFiles(root: string, folder: string): Promise<[string, number][]> {
  const files: [string, number][] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) files.push(...(await listFiles(root, path)));
    else files.push([relative(root, path), (await stat(path)).size]);
  }
  return files;
}

async function sweep(root: string, family: string, nowMs: number): Promise<void> {
  for (const name of await readdir(root)) {
    const path = join(root, name);
    if (name.startsWith(BUILDING)) {
      if (await isAbandoned(name, path, nowMs)) await rm(path, { recursive: true, force: true });
    } else if (name.startsWith(family)) {
      // A folder is as old as the last use, which touched its manifest.
      const used = await stat(join(path, MANIFEST)).catch(() => undefined);
      if (used !== undefined && nowMs - used.mtimeMs > UNUSED_AFTER_MS)
        await rm(path, { recursive: true, force: true });
    }
  }
}

/** The folder of a build under way: who makes it is in its name, because a home may be shared by machines. */
function buildingName(pid: number): string {
  return `${BUILDING}${hostname()}-${pid}-${randomBytes(4).toString('hex')}`;
}

async function isAbandoned(name: string, path: string, nowMs: number): Promise<boolean> {
  const prefix = `${BUILDING}${hostname()}-`;
  const builder = name.startsWith(prefix) ? Number.parseInt(name.slice(prefix.length), 10) : Number.NaN;
  if (builder === process.pid) return false;
  if (process.platform === 'linux' && Number.isInteger(builder)) return lookAtProcess(builder) === undefined;
  const made = await stat(path).catch(() => undefined);
  return made !== undefined && nowMs - made.mtimeMs > ABANDONED_AFTER_MS;
}
