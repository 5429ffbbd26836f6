import { expect } from '@playwright/test';
import { story } from './harness/story.ts';
import { currentTime, tile, untilAllPlay, videosOf } from './harness/wall.ts';

story('a player page that crashes is replaced, and its tiles come back', async ({ start }) => {
  const desk = await start();
  await untilAllPlay(desk, 9);
  await desk.app.evaluate(({ webContents }) => {
    const player = webContents.getAllWebContents().find((each) => each.getURL().includes('/player.html'));
    player?.forcefullyCrashRenderer();
  });
  await expect(desk.control.locator('li[data-tile][data-state="playing"]')).not.toHaveCount(9);
  await untilAllPlay(desk, 9);
  await expect.poll(async () => (await videosOf(desk)).length).toBe(9);
  for (const video of await videosOf(desk)) {
    const before = await currentTime(video);
    await expect.poll(async () => currentTime(video)).not.toBe(before);
  }
});

story('a tile that cannot play says why, and the others go on', async ({ start }) => {
  const desk = await start();
  const { control } = desk;
  await untilAllPlay(desk, 9);
  const field = control.getByRole('textbox', { name: 'Add a stream by its link' });
  const origin = await desk.app.evaluate(({ webContents }) => {
    const page = webContents.getAllWebContents().find((each) => each.getURL().startsWith('http'));
    return page === undefined ? '' : new URL(page.getURL()).origin;
  });
  await field.fill(`${origin}/live/nothing-here.m3u8`);
  await field.press('Enter');
  const row = control.locator('[data-stream]', { hasText: 'nothing-here' });
  const code = (await row.getAttribute('data-code')) ?? '';
  await tile(desk, 'demo-rain').locator('[data-spot]').focus();
  await control.keyboard.type(code);
  await control.keyboard.press('Enter');
  await expect(tile(desk, 'demo-rain')).toHaveAttribute('data-code', code);
  await expect(tile(desk, 'demo-rain')).toHaveAttribute('data-state', /retrying|failed/, { timeout: 40_000 });
  await expect(tile(desk, 'demo-rain')).toContainText(/\w+ \w+/);
  await untilAllPlay(desk, 8);
});
