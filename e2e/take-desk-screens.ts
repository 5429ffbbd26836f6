import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect } from '@playwright/test';
import { newFolder, startDesk } from './harness/desk.ts';
import { untilAllPlay } from './harness/wall.ts';

/**
 * `npm run screens:desk`: pictures of a real desktop with its demo channels: the wall as it stands on the screen, and the
 * control window with stills of its tiles. Needs a built app and a display.
 */
const SCREENS = resolve(import.meta.dirname, '../docs/screens');
const ON_WALL_MS = 40_000;

await mkdir(SCREENS, { recursive: true });
const folder = await newFolder();
const args = ['--exit-after', String(ON_WALL_MS / 1_000), '--screenshot', join(SCREENS, 'wall.png')];
const desk = await startDesk({ folder: folder.path, args });
try {
  const { control, app } = desk;
  const ended = new Promise((done) => app.process().once('close', done));
  await untilAllPlay(desk, 9);
  await control
    .getByRole('dialog')
    .press('Escape', { timeout: 2_000 })
    .catch(() => undefined);
  await control.setViewportSize({ width: 1440, height: 900 });
  const stills = control.locator('li[data-tile] img, li[data-tile] canvas');
  await expect.poll(async () => stills.count(), { timeout: 20_000 }).toBeGreaterThanOrEqual(9);
  await control.screenshot({ path: join(SCREENS, 'desk.png') });
  console.log('docs/screens/desk.png');
  await ended;
  console.log('docs/screens/wall.png');
} finally {
  await desk.app.close().catch(() => undefined);
  await folder.remove();
}
