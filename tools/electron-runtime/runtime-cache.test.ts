import { mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openRuntimeCache, type RuntimeCache } from './runtime-cache.ts';

let root: string;
let cache: RuntimeCache;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'runtime-cache-'));
  cache = await openRuntimeCache([root]);
});
afterEach(() => rm(root, { recursive: true, force: true }));

const make =
  (text: string) =>
  (folder: string): Promise<void> =>
    writeFile(join(folder, 'binary'), text);

it('makes a folder once and finds it again', async () => {
  let made = 0;
  const once = async (folder: string): Promise<void> => {
    made++;
    await writeFile(join(folder, 'binary'), 'x');
  };
  expect(await cache.find('electron-1')).toBeUndefined();
  const folder = await cache.keep('electron-1', once);
  expect(await cache.keep('electron-1', once)).toBe(folder);
  expect(await cache.find('electron-1')).toBe(folder);
  expect(made).toBe(1);
});

it('leaves nothing under the name when making it fails, nor anywhere else', async () => {
  const failing = async (folder: string): Promise<void> => {
    await writeFile(join(folder, 'half'), 'x');
    throw new Error('the network went away');
  };
  await expect(cache.keep('electron-1', failing)).rejects.toThrow('the network went away');
  expect(await readdir(root)).toEqual([]);
});

it('never hands out a folder in which a file is cut short or gone, and makes it anew', async () => {
  const folder = await cache.keep('electron-1', make('whole'));
  await truncate(join(folder, 'binary'), 2);
  expect(await cache.find('electron-1')).toBeUndefined();
  await cache.keep('electron-1', make('whole'));
  expect(await readFile(join(folder, 'binary'), 'utf8')).toBe('whole');
  await rm(join(folder, 'binary'));
  expect(await cache.find('electron-1')).toBeUndefined();
});

it('takes a folder with a manifest that nobody can read for one that is not there', async () => {
  const folder = await cache.keep('electron-1', make('x'));
  for (const text of ['', '{', 'null', '{"files":7}', '{"files":[["binary"]]}', '{"files":[null]}']) {
    await writeFile(join(folder, 'manifest.json'), text);
    expect(await cache.find('electron-1')).toBeUndefined();
  }
});

it('lets many make the same folder at once, and gives all of them a whole one', async () => {
  const caches = await Promise.all(Array.from({ length: 6 }, () => openRuntimeCache([root])));
  const folders = await Promise.all(
    caches.map((each, index) => each.keep('electron-1', make(`by ${index}`))),
  );
  expect(new Set(folders).size).toBe(1);
  expect(await readFile(join(folders[0] ?? '', 'binary'), 'utf8')).toMatch(/^by \d$/);
  expect(await readdir(root)).toEqual(['electron-1']);
});

it('lets many replace a damaged folder at once', async () => {
  await truncate(join(await cache.keep('electron-1', make('whole')), 'binary'), 0);
  const caches = await Promise.all(Array.from({ length: 6 }, () => openRuntimeCache([root])));
  const folders = await Promise.all(caches.map((each) => each.keep('electron-1', make('whole'))));
  expect(new Set(folders).size).toBe(1);
  expect(await cache.find('electron-1')).toBe(folders[0]);
});

it('goes to the next place when one cannot be written to, and says so when none can', async () => {
  const blocked = join(root, 'a-file');
  await writeFile(blocked, '');
  const second = await openRuntimeCache([join(blocked, 'below'), join(root, 'second')]);
  expect(second.root).toBe(join(root, 'second'));
  await expect(openRuntimeCache([join(blocked, 'below')])).rejects.toThrow(
    /no folder to keep the runtime in/,
  );
});

it('sweeps what killed builds left and what nobody has used for a month, and nothing else', async () => {
  const nowMs = Date.now();
  const age = async (path: string, days: number): Promise<void> => {
    const time = new Date(nowMs - days * 86_400_000);
    await utimes(path, time, time);
  };
  await age(join(await cache.keep('electron-old', make('x')), 'manifest.json'), 31);
  await age(join(await cache.keep('electron-used', make('x')), 'manifest.json'), 29);
  await age(join(await cache.keep('other-old', make('x')), 'manifest.json'), 31);
  for (const building of ['.building-elsewhere-1-aa', '.building-elsewhere-2-bb'])
    await mkdir(join(root, building));
  await age(join(root, '.building-elsewhere-1-aa'), 1);
  await mkdir(join(root, `.building-${hostname()}-${process.pid}-cc`));
  await cache.sweep('electron-', nowMs);
  const left = (await readdir(root)).toSorted();
  expect(left).toEqual(
    [
      `.building-${hostname()}-${process.pid}-cc`,
      '.building-elsewhere-2-bb',
      'electron-used',
      'other-old',
    ].toSorted(),
  );
});

it.runIf(process.platform === 'linux')(
  'sweeps at once what a killed build of this machine left',
  async () => {
    const killed = `.building-${hostname()}-999999999-aa`;
    await mkdir(join(root, killed));
    await cache.sweep('electron-', Date.now());
    expect(await readdir(root)).toEqual([]);
  },
);

it('counts finding a folder as using it', async () => {
  const folder = await cache.keep('electron-1', make('x'));
  const long = new Date(Date.now() - 40 * 86_400_000);
  await utimes(join(folder, 'manifest.json'), long, long);
  await cache.find('electron-1');
  expect((await stat(join(folder, 'manifest.json'))).mtimeMs).toBeGreaterThan(long.getTime());
});
