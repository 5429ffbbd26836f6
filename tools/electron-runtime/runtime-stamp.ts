import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { registryRecipe } from './registry-recipe.ts';

/** The files that become part of the registry runtime. */
export const assets = {
  defaultApp: assetPath('default-app'),
  launcher: assetPath('launcher.sh'),
  refsHeader: assetPath('napi9-refs.h'),
} as const;

/** Raised when the steps of the build itself change, so that what was built before is not taken for current. */
const BUILD_STEPS = 1;

/** The cache name of the registry runtime: another recipe, asset or build step gives another name. */
export async function registryRuntimeName(): Promise<string> {
  const parts = [JSON.stringify(registryRecipe), BUILD_STEPS];
  const files = [`${assets.defaultApp}/main.js`, `${assets.defaultApp}/package.json`, assets.launcher];
  return `electron-${registryRecipe.electronVersion}-registry-${await digest(parts, files)}`;
}

/** The cache name of the compiled addon, which lives longer or shorter than the runtime. */
export async function sqliteAddonName(sqliteVersion: string): Promise<string> {
  return `better-sqlite3-${sqliteVersion}-napi9-${await digest([BUILD_STEPS], [assets.refsHeader])}`;
}

async function digest(parts: readonly (string | number)[], files: readonly string[]): Promise<string> {
  const hash = createHash('sha256').update(parts.join('\0'));
  for (const file of files) hash.update('\0').update(await readFile(file));
  return hash.digest('hex').slice(0, 12);
}

function assetPath(name: string): string {
  return fileURLToPath(new URL(`./assets/${name}`, import.meta.url));
}
