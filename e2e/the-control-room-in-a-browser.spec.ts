import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Browser, type Locator, type Page } from '@playwright/test';
import {
  addLink,
  chromiumPath,
  launchChromium,
  openRoom,
  signIn,
  type BrowserRoom,
} from './harness/browser-room.ts';
import { startTeamServer, type TeamServer } from './harness/team-server.ts';

test.skip(chromiumPath() === undefined, 'needs a Chromium; STREAMWALL_CHROMIUM says where one is');
test.describe.configure({ mode: 'serial' });

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

let server: TeamServer;
let browser: Browser;
let ana: BrowserRoom;

test.beforeAll(async () => {
  [server, browser] = await Promise.all([startTeamServer(), launchChromium()]);
  const { email } = await server.addPerson('Ana', 'admin');
  ana = await openRoom(browser, server.url);
  await signIn(ana.page, email);
});
test.afterAll(async () => {
  await browser.close();
  await server.stop();
});

async function expectAccessible(page: Page, screen = ''): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(WCAG).setLegacyMode().analyze();
  const found = violations.map(
    ({ id, nodes }) => `${screen}: ${id} at ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
  );
  expect(found).toEqual([]);
}

const rows = (page: Page) => page.locator('[data-stream]');
test('links out of any text are shown first, and added at once; what is none says why', async () => {
  const { page } = ana;
  await page.keyboard.press('Control+Shift+L');
  await page
    .getByLabel('Text with links')
    .fill(
      'see https://www.twitch.tv/woo, https://kick.com/abq https://media.example.org/cam.m3u8?x=1 and https://news.example.org/a',
    );
  await expect(page.locator('[data-refused]')).toContainText('news.example.org');
  await page.getByRole('button', { name: 'Add 3' }).click();
  await expect(rows(page)).toHaveCount(3);
});

test('two browsers work on one list and wall', async () => {
  const { email } = await server.addPerson('Ben', 'operator');
  const ben = await openRoom(browser, server.url);
  await signIn(ben.page, email);
  await expect(rows(ben.page)).toHaveCount(3);
  await rows(ben.page).first().dblclick();
  await expect(ana.page.locator('li[data-tile]')).toHaveCount(1);
  await expect(ana.page.locator('[data-who="person"]', { hasText: 'Ben' })).toBeAttached();
  // What Ben has in the hand is seen before he lets it go.
  const tile = await ben.page.locator('li[data-tile] button').first().boundingBox();
  const stage = await ben.page.locator('[data-drop="stage"]').boundingBox();
  if (tile === null || stage === null) throw new Error('no stage');
  await ben.page.mouse.move(tile.x + 40, tile.y + 40);
  await ben.page.mouse.down();
  await ben.page.mouse.move(stage.x + stage.width - 40, stage.y + stage.height - 40, { steps: 4 });
  await expect(ana.page.locator('[data-ghost-of="Ben"]')).toBeVisible();
  await expectAccessible(ana.page);
  await ben.page.mouse.up();
  await expect(ana.page.locator('[data-ghost-of="Ben"]')).toHaveCount(0);
  await expect(ana.page.locator('li[data-tile]')).not.toHaveAttribute('data-place', /^0,0/);
  await ben.context.close();
});

test('what the team did is read from its server, and the wall is looked at and brought back as it was', async () => {
  const { page } = ana;
  const placed = page.locator('li[data-tile]');
  const now = await placed.getAttribute('data-place');
  await page.keyboard.press('Control+Shift+H');
  await page.getByRole('button', { name: 'Show what the team did before' }).click();
  const history = page.locator('[data-team-history] li');
  await expect(history.filter({ hasText: 'came on the wall' })).toHaveCount(1);
  // What Ben did is taken back by Ana, and she takes that back.
  const move = history.filter({ hasText: 'moved' }).first();
  await expect(move).toContainText('Ben');
  await move.getByRole('button', { name: /^Undo that/ }).click();
  await expect(placed).toHaveAttribute('data-place', /^0,0/);
  await page.keyboard.press('Control+Z');
  await expect(placed).toHaveAttribute('data-place', now ?? '');
  await page.getByRole('button', { name: 'Show what was done to the list' }).click();
  await expect(page.locator('[data-team-history="list"] li').first()).toContainText('came into the list');
  await history
    .filter({ hasText: 'came on the wall' })
    .getByRole('button', { name: /Look at the wall/ })
    .click();
  await expect(page.getByRole('group', { name: /The wall as it was/ })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Enter');
  await expect(placed).not.toHaveAttribute('data-place', now ?? '');
  await page.keyboard.press('Control+Shift+F');
});

test('without a network the page opens again with the list and the wall; edits are kept and merge later', async () => {
  const { page, context } = ana;
  await page.evaluate(async () => navigator.serviceWorker.ready);
  await page.reload();
  await expect(rows(page)).toHaveCount(3);
  await context.setOffline(true);
  await page.reload();
  await expect(rows(page)).toHaveCount(3);
  await expect(page.locator('li[data-tile]')).toHaveCount(1);
  await addLink(page, 'https://kick.com/offline');
  await expect(page.locator('[data-saving="offline"]')).toBeVisible();
  await page.reload();
  await expect(rows(page)).toHaveCount(4);
  await context.setOffline(false);
  await expect(page.locator('[data-saving="saved"]')).toBeVisible({ timeout: 60_000 });

  const other = await openRoom(browser, server.url);
  await signIn(other.page, 'ben@example.org');
  await expect(rows(other.page)).toHaveCount(4);
  await other.context.close();
});

test('a cell of the wide list is written in place, and only when one is done', async () => {
  const { page } = ana;
  await page.keyboard.press('Control+Shift+G');
  await rows(page).first().locator('[data-column="name"]').dblclick();
  await page.keyboard.type('Harbour, east');
  await page.keyboard.press('Escape');
  await expect(page.getByText('Harbour, east')).toHaveCount(0);
  await rows(page).first().locator('[data-column="name"]').dblclick();
  await page.keyboard.type('Harbour, west');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Reno, NV');
  await page.keyboard.press('Enter');
  await expect(rows(page).first()).toContainText('Harbour, west');
  await expect(rows(page).first()).toContainText('Reno, NV');
});

test('many are selected and changed in one step, and taken back in one', async () => {
  const { page } = ana;
  await rows(page).nth(1).click();
  await rows(page)
    .nth(3)
    .click({ modifiers: ['Shift'] });
  await expect(page.getByRole('toolbar', { name: '3 selected' })).toBeVisible();
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Pin', exact: true }).click();
  await expect(page.locator('[data-filter="pinned"]')).toContainText('3');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Undo', exact: true }).first().click();
  await expect(page.locator('[data-filter="pinned"]')).toContainText('0');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Back beside the wall' }).click();
});

test('by keyboard alone: a scene is saved, the wall changed, and the scene applied', async () => {
  const { page } = ana;
  await page.keyboard.press('Control+Shift+S');
  await page.keyboard.type('Evening');
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-scene]')).toHaveCount(1);
  await page.keyboard.press('Control+G');
  await page.keyboard.press('Delete');
  await expect(page.locator('li[data-tile]')).toHaveCount(0);
  await page.keyboard.press('Control+K');
  await page.keyboard.type('apply the scene eve');
  await page.keyboard.press('Enter');
  await expect(page.locator('li[data-tile]')).toHaveCount(1);
});

test('what happened is told, and the wall is brought back as it was', async () => {
  const { page } = ana;
  await page.keyboard.press('Control+Shift+H');
  await expect(page.getByText(/left the wall/)).toBeVisible();
  await page.keyboard.press('Control+G');
  await page.keyboard.press('Delete');
  await expect(page.locator('li[data-tile]')).toHaveCount(0);
  await page
    .getByRole('button', { name: /Look at the wall as it was/ })
    .first()
    .click();
  await page.getByRole('button', { name: 'Bring all of it back' }).click();
  await expect(page.locator('li[data-tile]')).toHaveCount(1);
});

test('the original’s keys cover and swap; keys can be changed', async () => {
  const { page } = ana;
  await page.keyboard.press('Control+G');
  await page.keyboard.press('Alt+C');
  await expect(page.getByText('The whole wall is covered')).toBeVisible();
  await page.keyboard.press('Alt+Shift+C');
  await expect(page.getByText('The whole wall is covered')).toHaveCount(0);

  await page.keyboard.press('Control+Comma');
  await page.getByRole('tab', { name: 'Keys' }).click();
  await page.getByRole('button', { name: 'Mute everything F8', exact: true }).click();
  await page.keyboard.press('F9');
  await expect(page.getByRole('alert').filter({ hasText: 'Blur everything' })).toBeVisible();
  await page.keyboard.press('Control+Shift+M');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+G');
  await page.keyboard.press('Space');
  await expect(page.locator('li[data-heard]')).toHaveCount(1);
  await page.keyboard.press('Control+Shift+M');
  await expect(page.locator('li[data-heard]')).toHaveCount(0);
});

test('walls are made, duplicated and archived', async () => {
  const { page } = ana;
  await page.keyboard.press('Control+K');
  await page.keyboard.type('duplicate this');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('My wall 2');
  await expect(page.locator('li[data-tile]')).toHaveCount(1);
  await page.getByRole('heading', { level: 1 }).getByRole('button').click();
  await page.getByRole('menuitem', { name: 'Archive this wall' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('My wall');
});

test('a second tab asks before it takes over, and nothing is written twice', async () => {
  const second = await ana.context.newPage();
  await second.goto(server.url);
  await expect(second.getByText('open in another tab')).toBeVisible();
  await second.close();
});

test('axe finds nothing on any screen, in any colours', async () => {
  const { page } = ana;
  const look = async (screen: string): Promise<void> => expectAccessible(page, screen);
  for (const colours of ['Light', 'High contrast', 'Dark']) {
    await page.getByRole('button', { name: 'Appearance' }).click();
    await page.getByRole('menuitemcheckbox', { name: colours }).click();
    await page.keyboard.press('Control+Shift+F');
    await look(colours);
  }
  for (const panel of ['Scenes', 'History']) {
    await page.getByRole('tab', { name: panel }).click();
    await look(panel);
  }
  await page.keyboard.press('Control+Shift+G');
  await look('wide list');
  await page.keyboard.press('Control+Shift+G');
  for (const [keys, name] of [
    ['Control+K', 'palette'],
    ['?', 'sheet'],
    ['Control+Shift+L', 'links'],
  ] as const) {
    await page.keyboard.press('Control+G');
    await page.keyboard.press(keys);
    await expect(page.getByRole('dialog')).toBeVisible();
    await look(name);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    // What was closed hands the focus back to where it was.
    await expect(page.locator('[data-focus="stage"] [data-spot]:focus')).toHaveCount(1);
  }
  await page.keyboard.press('Control+K');
  await page.keyboard.type('search the archive');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Nothing has been archived yet.')).toBeVisible();
  await look('archive');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+K');
  await page.keyboard.type('import a list');
  await page.keyboard.press('Enter');
  await page
    .getByRole('dialog')
    .getByRole('textbox')
    .fill('link,label\nhttps://www.twitch.tv/woo,Woo\nnonsense,x\nhttps://kick.com/zed,Zed\n');
  await expect(page.getByRole('button', { name: 'Import 2' })).toBeEnabled();
  await look('import');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+Comma');
  for (const name of ['Keys', 'Lists', 'Wall', 'Streamers', 'Events']) {
    await page.getByRole('tab', { name, exact: true }).click();
    await look(`settings ${name}`);
  }
  await page.keyboard.press('Escape');
});

test('on a phone the wall, the list and the panic buttons are in reach of a thumb', async () => {
  const phone = await openRoom(browser, server.url, {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  const { page } = phone;
  await signIn(page, 'ben@example.org');
  await expect(rows(page).first()).toBeVisible();
  const tile = page.locator('li[data-tile]').first();
  await expect(tile).toBeInViewport();
  for (const name of ['Mute all', 'Blur all']) {
    const button = page.getByRole('button', { name });
    await expect(button).toBeInViewport();
    const box = await button.boundingBox();
    expect(box?.height).toBeGreaterThanOrEqual(44);
  }
  await page.getByRole('button', { name: 'Blur all' }).tap();
  await expect(tile).toHaveAttribute('data-blurred', 'true');
  // A tap shows what can be done with a tile or a stream.
  const choose = async (of: Locator, what: string): Promise<void> => {
    await of.tap();
    await page.getByRole('menuitem', { name: what, exact: true }).tap();
  };
  await choose(tile, 'Listen');
  await expect(page.locator('li[data-heard]')).toHaveCount(1);
  await choose(tile, 'Take it off the wall');
  await expect(tile).toHaveCount(0);
  await choose(rows(page).first(), 'Put it on the wall');
  await expect(tile).toHaveCount(1);
  const { scrollWidth, clientWidth } = await page.evaluate(() => {
    const { scrollWidth: all, clientWidth: seen } = document.documentElement;
    return { scrollWidth: all, clientWidth: seen };
  });
  expect(scrollWidth).toBeLessThanOrEqual(clientWidth);
  await phone.context.close();
});
