import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect } from '@playwright/test';
import { audibleCount, audibleTiles } from './harness/sound.ts';
import { story } from './harness/story.ts';
import { currentTime, drag, placeOf, tile, tilesOf, untilAllPlay, videosOf } from './harness/wall.ts';

story('a stream is added by its link and put on the wall, where it plays', async ({ start }) => {
  const desk = await start();
  const { control } = desk;
  await untilAllPlay(desk, 9);
  const row = control.locator('[data-stream]').first();
  await expect(row).toBeVisible();
  const origin = await desk.app.evaluate(({ webContents }) => {
    const page = webContents.getAllWebContents().find((each) => each.getURL().startsWith('http'));
    return page === undefined ? '' : new URL(page.getURL()).origin;
  });
  const field = control.getByRole('textbox', { name: 'Add a stream by its link' });
  await field.fill(`${origin}/files/motorway.mp4?from=a-story`);
  await field.press('Enter');
  const added = control.locator('[data-stream]', { hasText: 'motorway.mp4' });
  await expect(added).toBeVisible();
  const code = (await added.getAttribute('data-code')) ?? '';

  await drag(control, added, tile(desk, 'demo-rain'));
  await expect(tile(desk, 'demo-rain')).toHaveAttribute('data-code', code);
  await untilAllPlay(desk, 9);
});

story('a link that is none is answered in a sentence, and nothing changes', async ({ start }) => {
  const { control } = await start();
  const field = control.getByRole('textbox', { name: 'Add a stream by its link' });
  await control
    .getByRole('tab', { name: 'All' })
    .or(control.getByRole('radio', { name: 'All' }))
    .first()
    .click();
  const rows = control.locator('[data-stream]');
  const before = await rows.count();
  for (const bad of [
    'not a link',
    'ftp://example.org/live',
    'javascript:alert(1)',
    `https://example.org/${'x'.repeat(2100)}`,
  ]) {
    await field.fill(bad);
    await field.press('Enter');
    await expect(control.getByText('Nothing was added.')).toBeVisible();
    expect(await rows.count()).toBe(before);
    await field.fill('');
  }
});

story('a tile dragged onto another changes places with it, and neither loads again', async ({ start }) => {
  const desk = await start();
  await untilAllPlay(desk, 9);
  const [harbour, train] = [await placeOf(desk, 'demo-harbour'), await placeOf(desk, 'demo-train')];
  const video = (await videosOf(desk)).find((each) => each.tile === 'demo-harbour');
  if (video === undefined) throw new Error('no video of the harbour');
  const before = await currentTime(video);

  await drag(desk.control, tile(desk, 'demo-harbour'), tile(desk, 'demo-train'));
  await expect.poll(async () => placeOf(desk, 'demo-harbour')).toBe(train);
  expect(await placeOf(desk, 'demo-train')).toBe(harbour);
  expect(await currentTime(video)).toBeGreaterThanOrEqual(before);
  await untilAllPlay(desk, 9);

  await desk.control.keyboard.press('Control+z');
  await expect.poll(async () => placeOf(desk, 'demo-harbour')).toBe(harbour);
});

story('a tile is moved to a free place', async ({ start }) => {
  const desk = await start();
  await untilAllPlay(desk, 9);
  const place = await placeOf(desk, 'demo-rain');
  await tile(desk, 'demo-rain').locator('[data-spot]').focus();
  await desk.control.keyboard.press('Delete');
  await expect(tilesOf(desk)).toHaveCount(8);
  await tile(desk, 'demo-aurora').locator('[data-spot]').focus();
  const [x = '', y = ''] = place?.split(',') ?? [];
  await drag(desk.control, tile(desk, 'demo-aurora'), desk.control.locator(`[data-spot="${x},${y}"]`));
  await expect.poll(async () => placeOf(desk, 'demo-aurora')).toBe(place);
});

story('listening to another tile moves the sound there: exactly one is heard', async ({ start }) => {
  const desk = await start();
  await untilAllPlay(desk, 9);
  await tile(desk, 'demo-sundown').locator('[data-spot]').focus();
  await desk.control.keyboard.press('Space');
  await expect(tile(desk, 'demo-sundown')).toHaveAttribute('data-heard', 'true');
  await expect.poll(async () => audibleTiles(desk)).toEqual(['demo-sundown']);
  expect(await audibleCount(desk)).toBe(1);

  await tile(desk, 'demo-lanterns').locator('[data-spot]').focus();
  await desk.control.keyboard.press('Space');
  await expect.poll(async () => audibleTiles(desk)).toEqual([]);
  expect(await audibleCount(desk)).toBe(1);
});

story('a blurred tile is blurred on the wall itself', async ({ start }) => {
  const desk = await start();
  await untilAllPlay(desk, 9);
  await tile(desk, 'demo-aurora').locator('[data-spot]').focus();
  await desk.control.keyboard.press('b');
  await expect(tile(desk, 'demo-aurora')).toHaveAttribute('data-blurred', 'true');
  const video = (await videosOf(desk)).find((each) => each.tile === 'demo-aurora');
  const isBlurred = async () =>
    video?.frame
      .locator('[data-tile="demo-aurora"]')
      .first()
      .evaluate((element) => {
        const chain: Element[] = [];
        for (let each: Element | null = element; each !== null; each = each.parentElement) chain.push(each);
        return [...chain, ...element.querySelectorAll('*')].some((each) =>
          getComputedStyle(each).filter.includes('blur'),
        );
      });
  await expect.poll(isBlurred).toBe(true);
});

story('one tile is heard alone on this machine, and panic ends that too', async ({ start }) => {
  const desk = await start();
  const { control } = desk;
  await untilAllPlay(desk, 9);
  await tile(desk, 'demo-sundown').locator('[data-spot]').focus();
  await control.keyboard.press('Alt+Shift+S');
  await expect.poll(async () => audibleTiles(desk)).toEqual(['demo-sundown']);
  await expect(control.locator('[data-channel="demo-sundown"]')).toBeVisible();
  await expect(tile(desk, 'demo-sundown')).not.toHaveAttribute('data-heard', 'true');
  await control.keyboard.press('F8');
  await expect.poll(async () => audibleCount(desk)).toBe(0);
  await expect(control.locator('[data-channel]')).toHaveCount(0);
});

story('a list in a file is chosen and followed', async ({ start, folder }) => {
  const { control } = await start();
  const file = join(folder, 'cameras.toml');
  await writeFile(file, '[[streams]]\nlink = "https://www.twitch.tv/followed"\nlabel = "Followed"\n');
  await control.keyboard.press('Control+Comma');
  await control.getByRole('tab', { name: 'Lists' }).click();
  const chosen = control.waitForEvent('filechooser');
  await control.getByRole('button', { name: 'Choose a file to follow' }).click();
  await (await chosen).setFiles(file);
  await expect(control.locator('[data-source]')).toHaveAttribute('data-health', 'well');
  await expect(control.locator('[data-source]')).toContainText('cameras.toml');
  const { violations } = await new AxeBuilder({ page: control }).setLegacyMode().analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
  await control.keyboard.press('Escape');
  await expect(control.locator('[data-stream]', { hasText: 'Followed' })).toBeVisible();
});
