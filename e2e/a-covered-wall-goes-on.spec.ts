import { test } from '@playwright/test';
import { openUnwatchedZoo, type ZooWall } from './zoo/zoo-wall.ts';

/**
 * Nobody looks into the pages here: a browser tool that does tells every page that it is seen.
 */
test('a wall that another window covers goes on, also with pages that are opened meanwhile', async () => {
  const wall = await openUnwatchedZoo(({ main }) => [{ name: 'rain', link: `${main}/live/rain.m3u8` }]);
  try {
    await wall.until('rain', /playing/, 60_000);
    await coverWall(wall);
    for (let times = 0; times < 2; times++) {
      const before = (await wall.history('rain')).length;
      await crashPlayers(wall);
      await wall.untilStates('rain', before, /(retrying|failed).* playing/);
    }
  } finally {
    await wall.close();
  }
});

test('a wall whose window is hidden goes on, also with pages that are opened meanwhile', async () => {
  const wall = await openUnwatchedZoo(({ main }) => [{ name: 'rain', link: `${main}/live/rain.m3u8` }]);
  try {
    await wall.until('rain', /playing/, 60_000);
    await hideWall(wall);
    const before = (await wall.history('rain')).length;
    await crashPlayers(wall);
    await wall.untilStates('rain', before, /(retrying|failed).* playing/);
  } finally {
    await wall.close();
  }
});

async function hideWall({ inside }: ZooWall): Promise<void> {
  await inside.main(({ BaseWindow }) => {
    const wall = BaseWindow.getAllWindows().find((each) => each.getTitle().includes('wall'));
    if (wall === undefined) throw new Error('the wall is missing');
    wall.hide();
  }, null);
}

async function coverWall({ inside }: ZooWall): Promise<void> {
  await inside.main(({ BrowserWindow, BaseWindow, webContents }) => {
    const contents = webContents.getAllWebContents().find((each) => each.getURL().includes('/control.html'));
    const control = contents === undefined ? null : BrowserWindow.fromWebContents(contents);
    const wall = BaseWindow.getAllWindows().find((each) => each.id !== control?.id);
    if (control === null || wall === undefined) throw new Error('a window is missing');
    control.setBounds(wall.getBounds());
    control.moveTop();
  }, null);
}

async function crashPlayers({ inside }: ZooWall): Promise<void> {
  await inside.main(({ webContents }) => {
    for (const each of webContents.getAllWebContents())
      if (each.getURL().includes('/player.html')) each.forcefullyCrashRenderer();
  }, null);
}
