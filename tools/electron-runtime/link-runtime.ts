import { randomBytes } from 'node:crypto';
import { copyFile, lstat, mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** What lies at node_modules/electron/dist. */
export type Dist =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'link' }
  /** Unpacked by the electron package itself; `version` is undefined when that was cut short. */
  | { readonly kind: 'official'; readonly version: string | undefined };

/** @param electronFolder the electron package in node_modules */
export async function inspectDist(electronFolder: string): Promise<Dist> {
  const dist = join(electronFolder, 'dist');
  const found = await lstat(dist).catch(() => undefined);
  if (found === undefined) return { kind: 'nothing' };
  if (found.isSymbolicLink()) return { kind: 'link' };
  const version = await readText(join(dist, 'version'));
  const path = await readText(join(electronFolder, 'path.txt'));
  const binary = path === undefined ? undefined : await lstat(join(dist, path)).catch(() => undefined);
  return { kind: 'official', version: binary?.isFile() ? version?.trim().replace(/^v/, '') : undefined };
}

/**
 * Puts a built runtime where the electron package, electron-vite and Playwright look for one, so that none of them
 * needs to be told. Each step is a rename, so whoever starts Electron meanwhile finds the old or the new one.
 */
export async function linkRuntime(electronFolder: string, runtime: string): Promise<void> {
  const dist = join(electronFolder, 'dist');
  const present = await inspectDist(electronFolder);
  if (present.kind === 'official') await rm(dist, { recursive: true, force: true });
  await replaceBy(dist, (temporary) => symlink(runtime, temporary, 'dir'));
  await replaceBy(join(electronFolder, 'path.txt'), (temporary) => writeFile(temporary, 'electron'));
}

/** Takes our link away, so that the electron package unpacks into a folder of its own and not through the link. */
export async function unlinkRuntime(electronFolder: string): Promise<void> {
  const present = await inspectDist(electronFolder);
  if (present.kind === 'nothing' || (present.kind === 'official' && present.version !== undefined)) return;
  await rm(join(electronFolder, 'path.txt'), { force: true });
  await rm(join(electronFolder, 'dist'), { recursive: true, force: true });
}

/** Puts the compiled addon where better-sqlite3 looks first; a running process keeps the file that it has open. */
export async function placeSqliteAddon(sqliteFolder: string, addon: string): Promise<void> {
  const target = addonPlace(sqliteFolder);
  const [wanted, present] = await Promise.all([readFile(addon), readFile(target).catch(() => undefined)]);
  if (present?.equals(wanted)) return;
  await mkdir(dirname(target), { recursive: true });
  await replaceBy(target, (temporary) => copyFile(addon, temporary));
}

/** Takes it away again: beside the official Electron the package's own build is the right one. */
export async function removeSqliteAddon(sqliteFolder: string): Promise<void> {
  await rm(addonPlace(sqliteFolder), { force: true });
}

function addonPlace(sqliteFolder: string): string {
  return join(sqliteFolder, 'build', 'Release', 'better_sqlite3.node');
}

async function replaceBy(target: string, write: (temporary: string) => Promise<void>): Promise<void> {
  const temporary = `${target}.${process.pid}-${randomBytes(4).toString('hex')}`;
  try {
    await write(temporary);
    await rename(temporary, target);
  } finally {
    await rm(temporary, { force: true });
  }
}

async function readText(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch(() => undefined);
}
