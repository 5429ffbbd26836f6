import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Command, Outcome, Run } from '../process/supervise.ts';
import { fetchPackage } from './fetch-package.ts';

const right = 'the archive as it was published';
const wanted = {
  package: '@who/what',
  packageVersion: '1.2.3',
  integrity: `sha512-${createHash('sha512').update(right).digest('base64')}`,
};
const fine: Outcome = { kind: 'exited', code: 0, stdout: '', stderr: '' };
const offline: Outcome = { kind: 'exited', code: 1, stdout: '', stderr: 'npm error network request failed' };

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fetch-package-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A stand-in for npm: each call brings the next content, or nothing and the outcome given. */
function npm(...answers: (string | Outcome)[]): { run: Run; calls: Command[] } {
  const calls: Command[] = [];
  const run: Run = async (command) => {
    const answer = answers[calls.length] ?? offline;
    calls.push(command);
    if (typeof answer !== 'string') return answer;
    await writeFile(join(folder, 'who-what-1.2.3.tgz'), answer);
    return fine;
  };
  return { run, calls };
}

async function fetchBy(run: Run): Promise<{ path: string; pausesMs: number[]; said: string[] }> {
  const pausesMs: number[] = [];
  const said: string[] = [];
  const pauseMs = (ms: number): Promise<void> => Promise.resolve(void pausesMs.push(ms));
  const path = await fetchPackage(wanted, folder, { run, say: (line) => said.push(line), pauseMs });
  return { path, pausesMs, said };
}

it('asks npm for exactly the package that is wanted', async () => {
  const { run, calls } = npm(right);
  const { path } = await fetchBy(run);
  expect(path).toBe(join(folder, 'who-what-1.2.3.tgz'));
  expect(calls[0]?.args).toContain('@who/what@1.2.3');
});

it('tries again when the download breaks, each time after a longer pause, and says so', async () => {
  const { run } = npm(offline, offline, right);
  const { pausesMs, said } = await fetchBy(run);
  expect(pausesMs).toEqual([1000, 4000]);
  expect(said.join('\n')).toContain('network request failed');
});

it('gives up after three attempts with the reason and what to do, and leaves nothing behind', async () => {
  const { run, calls } = npm(offline, offline, offline);
  await expect(fetchBy(run)).rejects.toThrow(/network request failed[^]*npm ping/);
  expect(calls).toHaveLength(3);
  expect(await readdir(folder)).toEqual([]);
});

it('never uses an archive with another hash, and does not trust npm’s cache after one', async () => {
  const { run, calls } = npm('tampered with', right);
  await fetchBy(run);
  expect(calls[0]?.args).not.toContain('--prefer-online');
  expect(calls[1]?.args).toContain('--prefer-online');
  await rm(join(folder, 'who-what-1.2.3.tgz'));
  await expect(fetchBy(npm('a', 'b', 'c').run)).rejects.toThrow(/not @who\/what@1.2.3 as it was published/);
  expect(await readdir(folder)).toEqual([]);
});
