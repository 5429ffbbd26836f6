import { expect, type Frame, type Locator, type Page } from '@playwright/test';
import type { Desk } from './desk.ts';

/** The tiles of a wall as the control window shows them. */
export const tilesOf = (desk: Desk): Locator => desk.control.locator('li[data-tile]');

export const tile = (desk: Desk, id: string): Locator => desk.control.locator(`li[data-tile="${id}"]`);

/** Where the control window shows a tile: `x,y,w,h` in cells. */
export const placeOf = async (desk: Desk, id: string): Promise<string | null> =>
  tile(desk, id).getAttribute('data-place');

export async function untilAllPlay(desk: Desk, count: number): Promise<void> {
  await expect(desk.control.locator('li[data-tile][data-state="playing"]')).toHaveCount(count, {
    timeout: 60_000,
  });
}

/** A running video: in which frame it is, and which of that frame's videos. */
export type Playing = { readonly page: Page; readonly frame: Frame; readonly tile: string | null };

/** Every video of the wall that has a picture now, wherever it is: in player pages, in pages, in frames of pages. */
export async function videosOf(desk: Desk): Promise<readonly Playing[]> {
  const found: Playing[] = [];
  for (const page of desk.pictures()) {
    for (const frame of page.frames()) {
      const tiles = await frame
        .evaluate(() =>
          [...document.querySelectorAll('video')]
            .filter((video) => video.videoWidth > 0)
            .map((video) => video.closest<HTMLElement>('[data-tile]')?.dataset['tile'] ?? null),
        )
        .catch(() => []);
      for (const each of tiles) found.push({ page, frame, tile: each });
    }
  }
  return found;
}

const videoIn = (tileId: string | null): string =>
  tileId === null ? 'video' : `[data-tile="${tileId}"] video, video[data-tile="${tileId}"]`;

export async function currentTime({ frame, tile: id }: Playing): Promise<number> {
  return frame
    .locator(videoIn(id))
    .first()
    .evaluate((video: HTMLVideoElement) => video.currentTime);
}

/** The picture of one video as it is on its page now. */
export async function pictureOf({ frame, tile: id }: Playing): Promise<Buffer> {
  return frame.locator(videoIn(id)).first().screenshot({ animations: 'allow' });
}

/** Drags with the mouse from the middle of one thing to the middle of another, as a hand does. */
export async function drag(page: Page, from: Locator, to: Locator): Promise<void> {
  const middle = async (of: Locator) => {
    const box = await of.boundingBox();
    if (box === null) throw new Error('nothing to drag from or to');
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  };
  const [start, end] = [await middle(from), await middle(to)];
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move((start.x + end.x) / 2, (start.y + end.y) / 2, { steps: 5 });
  await page.mouse.move(end.x, end.y, { steps: 5 });
  await page.mouse.up();
}
