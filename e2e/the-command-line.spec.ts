import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { story } from './harness/story.ts';

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47]);

story('it takes a picture of the wall, names it, and ends by itself', async ({ start, folder }) => {
  const picture = join(folder, 'wall.png');
  const desk = await start({ args: ['--exit-after', '25', '--screenshot', picture] });
  const said: string[] = [];
  desk.app.process().stdout?.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  // Its end may be heard of before its last words: these have all come when its pipes are closed.
  const ended = new Promise<number | null>((done) => desk.app.process().once('close', done));
  expect(await ended).toBe(0);
  expect(said.join('')).toContain(`screenshot: ${picture}`);
  const bytes = await readFile(picture);
  expect(bytes.subarray(0, 4)).toEqual(PNG);
  expect(bytes.length).toBeGreaterThan(100_000);
});

story('a second start on the same folder ends, and the first goes on', async ({ start, folder }) => {
  const first = await start();
  const second = spawn('npx', ['electron', '--log-level=3', '.'], {
    env: { ...process.env, STREAMWALL_DATA_DIR: folder, STREAMWALL_DEMO_PORT: '0' },
  });
  const code = await new Promise((done) => second.once('exit', done));
  expect(code).toBe(0);
  await expect(first.control.locator('[data-saving="saved"]')).toBeVisible();
});
