import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readHolder, takeDataFolder, type Holder } from './data-folder-lock.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'streamwall-lock-'));
});
afterEach(() => rm(folder, { recursive: true }));

const holder = (name: string): Holder => ({
  pid: 1,
  controlUrl: 'http://127.0.0.1:1',
  secret: `secret-${name}`,
});
const alive = async () => Promise.resolve(true);
const dead = async () => Promise.resolve(false);

describe('the lock of a data folder', () => {
  it('[S21] serves one at a time, says who has it, and is free again after it', async () => {
    const first = await takeDataFolder(folder, holder('a'), alive);
    expect(first.ok).toBe(true);
    expect(await takeDataFolder(folder, holder('b'), alive)).toEqual({ ok: false, error: holder('a') });
    expect(await readHolder(folder)).toEqual(holder('a'));
    if (first.ok) await first.value.release();
    expect(await readHolder(folder)).toBeUndefined();
    expect(await readdir(folder)).toHaveLength(1);
    expect((await takeDataFolder(folder, holder('b'), alive)).ok).toBe(true);
  });

  it('[S21] is taken over from one that was killed, and is not released by it', async () => {
    const first = await takeDataFolder(folder, holder('a'), dead);
    expect((await takeDataFolder(folder, holder('b'), dead)).ok).toBe(true);
    if (first.ok) await first.value.release();
    expect(await readHolder(folder)).toEqual(holder('b'));
  });

  it('[S21] goes to one of many that find it dead at once', async () => {
    await takeDataFolder(folder, holder('dead'), dead);
    const isAlive = async ({ secret }: Holder) => Promise.resolve(secret !== 'secret-dead');
    const takers = Array.from({ length: 8 }, (_, i) => takeDataFolder(folder, holder(String(i)), isAlive));
    const outcomes = await Promise.all(takers);
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
  });

  it('[S21] a file that is no lock does not keep anybody out', async () => {
    await writeFile(join(folder, 'streamwall.lock.7'), 'garbage');
    expect((await takeDataFolder(folder, holder('a'), alive)).ok).toBe(true);
  });
});
