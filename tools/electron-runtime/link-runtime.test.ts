import { mkdir, mkdtemp, open, readdir, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  inspectDist,
  linkRuntime,
  placeSqliteAddon,
  removeSqliteAddon,
  unlinkRuntime,
} from './link-runtime.ts';

let folder: string;
let electron: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'link-runtime-'));
  electron = join(folder, 'electron');
  await mkdir(electron);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function installOfficial(version: string): Promise<void> {
  await mkdir(join(electron, 'dist'), { recursive: true });
  await writeFile(join(electron, 'dist/version'), `v${version}\n`);
  await writeFile(join(electron, 'dist/electron'), '');
  await writeFile(join(electron, 'path.txt'), 'electron');
}

describe('what lies in node_modules/electron', () => {
  it('tells a link of ours from an Electron that was unpacked there, and that from half of one', async () => {
    expect(await inspectDist(electron)).toEqual({ kind: 'nothing' });
    await installOfficial('45.4.1');
    expect(await inspectDist(electron)).toEqual({ kind: 'official', version: '45.4.1' });
    await rm(join(electron, 'path.txt'));
    expect(await inspectDist(electron)).toEqual({ kind: 'official', version: undefined });
    await linkRuntime(electron, folder);
    expect(await inspectDist(electron)).toEqual({ kind: 'link' });
  });
});

describe('linking a runtime', () => {
  it('points the package at the runtime, and later at another', async () => {
    await linkRuntime(electron, '/cache/one');
    await linkRuntime(electron, '/cache/two');
    expect(await readlink(join(electron, 'dist'))).toBe('/cache/two');
    expect(await readFile(join(electron, 'path.txt'), 'utf8')).toBe('electron');
    expect((await readdir(electron)).toSorted()).toEqual(['dist', 'path.txt']);
  });

  it('can be done by many at once', async () => {
    await Promise.all(Array.from({ length: 8 }, () => linkRuntime(electron, '/cache/one')));
    expect(await readlink(join(electron, 'dist'))).toBe('/cache/one');
  });

  it('takes the link away before the official one is unpacked, and never the runtime behind it', async () => {
    const runtime = join(folder, 'runtime');
    await mkdir(runtime);
    await writeFile(join(runtime, 'electron'), 'x');
    await symlink(runtime, join(electron, 'dist'));
    await unlinkRuntime(electron);
    expect(await inspectDist(electron)).toEqual({ kind: 'nothing' });
    expect(await readdir(runtime)).toEqual(['electron']);
  });

  it('leaves a complete official Electron alone', async () => {
    await installOfficial('45.4.1');
    await unlinkRuntime(electron);
    expect(await inspectDist(electron)).toEqual({ kind: 'official', version: '45.4.1' });
  });
});

describe('the compiled addon', () => {
  it('is put beside the package’s own, replaced without touching a file that is in use, and taken away', async () => {
    const sqlite = join(folder, 'better-sqlite3');
    const place = join(sqlite, 'build/Release/better_sqlite3.node');
    const addon = join(folder, 'addon.node');
    await writeFile(addon, 'first');
    await placeSqliteAddon(sqlite, addon);
    const inUse = await open(place);
    await writeFile(addon, 'second');
    await placeSqliteAddon(sqlite, addon);
    expect(await readFile(place, 'utf8')).toBe('second');
    expect(await inUse.readFile('utf8')).toBe('first');
    await inUse.close();
    await removeSqliteAddon(sqlite);
    expect(await readdir(join(sqlite, 'build/Release'))).toEqual([]);
  });
});
