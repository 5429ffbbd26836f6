import { expect, test, type Page } from '@playwright/test';
import { openZooDesk, type ZooDesk } from './zoo/zoo-desk.ts';

/** What an admin does with the page of a tile: logs in to it, looks inside, sees and clears what it has stored. */
let wall: ZooDesk;

test.beforeAll(async () => {
  wall = await openZooDesk(({ main, first }) => [
    { name: 'members', link: `${main}/page/members` },
    { name: 'keeper', link: `${first}/page/keeper` },
    { name: 'hls', link: `${main}/live/rain.m3u8` },
  ]);
});

test.afterAll(async () => {
  await wall.close();
});

/** The window that was opened to log in: it has the page's button in sight, as the tile has not. */
async function logInWindow(path: string): Promise<Page> {
  const isOpen = async (): Promise<boolean> =>
    wall.desk.app.evaluate(
      ({ BrowserWindow }, end) =>
        BrowserWindow.getAllWindows().some(({ webContents }) => webContents.getURL().endsWith(end)),
      path,
    );
  await expect.poll(isOpen).toBe(true);
  const pages = wall.desk.app.windows().filter((page) => page.url().endsWith(path));
  for (const page of pages) {
    const handle = await wall.desk.app.browserWindow(page).catch(() => null);
    const isWindow = (await handle?.evaluate((window) => window !== null).catch(() => false)) === true;
    if (isWindow) return page;
  }
  throw new Error('no window to log in');
}

for (const name of ['members', 'keeper'])
  test(`a page that shows its video to ${name} only plays once somebody has logged in at the wall`, async () => {
    await wall.untilFault(name, 'no-media');
    expect(await wall.signal(name, 'open-page')).toMatchObject({ ok: true });
    const window = await logInWindow(`/page/${name}`);
    await window.locator('#enter').click();
    await expect(window.locator('video')).toBeAttached();
    await wall.signal(name, 'reload');
    await wall.until(name, /playing/);
  });

test('a tile that plays a stream directly has no page to open', async () => {
  await wall.until('hls', /playing/);
  expect(await wall.signal('hls', 'open-page')).toMatchObject({ ok: false });
});

test('an admin looks inside the page of a tile', async () => {
  expect(await wall.signal('members', 'devtools')).toMatchObject({ ok: true });
  const isOpened = async (): Promise<boolean> =>
    wall.desk.app.evaluate(({ webContents }) =>
      webContents.getAllWebContents().some((each) => {
        const is = each.isDevToolsOpened();
        if (is) each.closeDevTools();
        return is;
      }),
    );
  await expect.poll(isOpened).toBe(true);
});

test('a tile’s menu takes a still of it', async () => {
  const { control } = wall.desk;
  const saved = wall.desk.app.evaluate(
    async ({ session }) =>
      new Promise<string>((done) => {
        session.defaultSession.once('will-download', (event, item) => {
          event.preventDefault();
          done(item.getFilename());
        });
      }),
  );
  await control.locator('li[data-tile="hls"]').click({ button: 'right' });
  await control.getByRole('menuitem', { name: 'On the wall’s machine' }).click();
  await control.getByRole('menuitem', { name: 'Take a still' }).click();
  expect(await saved).toMatch(/\.jpg$/);
});

test('what a site has stored is seen and cleared, also without a cookie; its tile is a stranger then', async () => {
  const { control } = wall.desk;
  await control.getByRole('button', { name: 'Settings' }).click();
  await control.getByRole('tab', { name: 'Log-ins' }).click();
  await expect(control.locator('[data-site="127.0.0.1"]')).toContainText('one cookie');
  await expect(control.locator('[data-site="a.localhost"]')).toContainText('opened here to log in');
  for (const site of ['127.0.0.1', 'a.localhost'])
    await control.getByRole('button', { name: `Clear what ${site} has stored` }).click();
  await expect(control.getByText('No site has stored anything here.')).toBeVisible();
  await Promise.all(
    ['members', 'keeper'].map(async (name) => {
      await wall.signal(name, 'reload');
      await wall.until(name, /retrying|failed/);
    }),
  );
});
