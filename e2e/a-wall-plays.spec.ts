import { expect } from '@playwright/test';
import { story } from './harness/story.ts';
import { audibleCount } from './harness/sound.ts';
import { currentTime, pictureOf, tilesOf, untilAllPlay, videosOf } from './harness/wall.ts';

const FIRST_LABELS = [
  'Harbour',
  'Aurora',
  'Night train',
  'Balloons',
  'Reef',
  'Lanterns',
  'Sundown',
  'Motorway',
  'Rain',
];

story('a first start shows nine tiles that play, each with its label', async ({ start }, testInfo) => {
  const desk = await start();
  await expect(tilesOf(desk)).toHaveCount(9);
  await untilAllPlay(desk, 9);

  await expect.poll(async () => (await videosOf(desk)).length).toBe(9);
  const videos = await videosOf(desk);
  const times = await Promise.all(videos.map(currentTime));
  const pictures = await Promise.all(videos.map(pictureOf));
  for (const [index, video] of videos.entries()) {
    await expect.poll(async () => currentTime(video)).not.toBe(times[index]);
    const before = pictures[index];
    if (before === undefined) throw new Error('no picture was taken');
    await expect.poll(async () => before.equals(await pictureOf(video))).toBe(false);
  }

  for (const label of FIRST_LABELS) {
    await expect(desk.overlay.locator('[data-tile] .label').getByText(label, { exact: true })).toBeVisible();
  }
  await desk.control.screenshot({ path: testInfo.outputPath('control-room.png') });
});

story(
  'every form of stream is among them: playlists, one without CORS, one with a query, a file, pages',
  async ({ start }) => {
    const desk = await start();
    await untilAllPlay(desk, 9);
    const shown = (id: string) => desk.control.locator(`li[data-tile="demo-${id}"][data-state="playing"]`);
    for (const id of ['harbour', 'train', 'balloons', 'reef', 'lanterns', 'motorway'])
      await expect(shown(id)).toHaveCount(1);

    const pages = desk.pictures().filter((page) => page.url().startsWith('http'));
    expect(pages.map((page) => new URL(page.url()).pathname).toSorted()).toEqual([
      '/watch/lanterns',
      '/watch/motorway',
    ]);
    const framed = pages.find((page) => page.url().endsWith('/motorway'));
    const frames = framed?.frames().map((frame) => new URL(frame.url()).origin) ?? [];
    expect(new Set(frames).size).toBe(2);
  },
);

story('at most eight tiles share a player page', async ({ start }) => {
  const desk = await start();
  await untilAllPlay(desk, 9);
  for (const page of desk.players()) expect(await page.locator('video').count()).toBeLessThanOrEqual(8);
});

story('exactly one tile is heard', async ({ start }) => {
  const desk = await start();
  await untilAllPlay(desk, 9);
  await expect.poll(async () => audibleCount(desk)).toBe(1);
});
