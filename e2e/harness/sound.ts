import type { Desk } from './desk.ts';

/** How many tiles of the wall make a sound: videos of player pages that are not muted, and pages that are not. */
export async function audibleCount(desk: Desk): Promise<number> {
  return (await audibleTiles(desk)).length + (await audiblePages(desk));
}

/** The tiles in player pages that are heard. */
export async function audibleTiles(desk: Desk): Promise<readonly string[]> {
  const heard = await Promise.all(
    desk
      .players()
      .map(async (page) =>
        page
          .locator('video')
          .evaluateAll((videos: HTMLVideoElement[]) =>
            videos
              .filter((video) => !video.muted && video.volume > 0)
              .map((video) => video.closest<HTMLElement>('[data-tile]')?.dataset['tile'] ?? ''),
          ),
      ),
  );
  return heard.flat();
}

async function audiblePages(desk: Desk): Promise<number> {
  return desk.app.evaluate(
    ({ webContents }) =>
      webContents
        .getAllWebContents()
        .filter((each) => each.getURL().startsWith('http') && !each.isAudioMuted()).length,
  );
}
