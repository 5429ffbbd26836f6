import { expect, test } from '@playwright/test';
import { openUnwatchedZoo, type ZooWall } from './zoo/zoo-wall.ts';

/**
 * Nobody looks into the pages here: a browser tool that does holds on to a page that has ended.
 */
test('a control window whose page ends is loaded again, shows the wall and runs it, however often', async () => {
  const wall = await openUnwatchedZoo(({ main }) => [{ name: 'rain', link: `${main}/live/rain.m3u8` }]);
  try {
    await wall.until('rain', /playing/, 60_000);
    for (const on of [true, false]) {
      await crashControl(wall);
      await expect.poll(async () => showsPlaying(wall), { message: 'the control window' }).toBe(true);
      await wall.command({ type: 'blur', tile: 'rain', on });
    }
  } finally {
    await wall.close();
  }
});

async function crashControl({ inside }: ZooWall): Promise<void> {
  await inside.main(async ({ webContents }) => {
    const control = webContents.getAllWebContents().find((each) => each.getURL().includes('/control.html'));
    const gone = new Promise((done) => control?.once('render-process-gone', done));
    control?.forcefullyCrashRenderer();
    await gone;
  }, null);
}

/** Also false while there is no page that could be asked. */
async function showsPlaying({ inside }: ZooWall): Promise<boolean> {
  const isThere = await inside.main(
    ({ webContents }) =>
      webContents
        .getAllWebContents()
        .some((each) => each.getURL().includes('/control.html') && !each.isCrashed() && !each.isLoading()),
    null,
  );
  return (
    isThere &&
    inside.control(() => document.querySelector('li[data-tile="rain"][data-state="playing"]') !== null, null)
  );
}
