import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { askedWith, readRefusal, rememberRefusal } from './refusal-memory.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'refusal-memory-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const asked = askedWith('45.4.1', {});

it('remembers what was refused, when and why', async () => {
  expect(await readRefusal(folder, asked)).toBeUndefined();
  await rememberRefusal(folder, asked, { atMs: 5, reason: 'no answer' });
  expect(await readRefusal(folder, asked)).toEqual({ atMs: 5, reason: 'no answer', thisRun: false });
});

it('asks anew for another version, or from another mirror', async () => {
  await rememberRefusal(folder, asked, { atMs: 5, reason: 'no answer' });
  expect(await readRefusal(folder, askedWith('46.0.0', {}))).toBeUndefined();
  expect(
    await readRefusal(folder, askedWith('45.4.1', { ELECTRON_MIRROR: 'http://localhost/' })),
  ).toBeUndefined();
});

it('asks anew when the memory cannot be read', async () => {
  for (const text of ['', '{', '{"version":"45.4.1"}']) {
    await writeFile(join(folder, 'official-refused.json'), text);
    expect(await readRefusal(folder, asked)).toBeUndefined();
  }
});
