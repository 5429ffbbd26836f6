import { expect, test, type Page } from '@playwright/test';
import { addLink, chromiumPath, launchChromium, openRoom, signIn } from './harness/browser-room.ts';
import { newFolder, startDesk } from './harness/desk.ts';
import { ask } from './harness/team.ts';
import { startTeamServer } from './harness/team-server.ts';

test.skip(chromiumPath() === undefined, 'needs a Chromium; STREAMWALL_CHROMIUM says where one is');

let ends: (() => unknown)[] = [];
test.afterEach(async () => {
  for (const end of ends.toReversed()) await end();
  ends = [];
});

const tiles = (page: Page) => page.locator('li[data-tile]');
const rows = (page: Page) => page.locator('[data-filter="all"]');

test('a new desk joins by an invitation, works with two browsers, goes offline and comes back; by keyboard', async () => {
  test.setTimeout(240_000);
  const [server, browser] = await Promise.all([startTeamServer(), launchChromium()]);
  ends.push(server.stop, async () => browser.close());
  const folder = await newFolder();
  ends.push(folder.remove);
  const [ana, ben, invitation] = await Promise.all([
    server.addPerson('Ana', 'admin'),
    server.addPerson('Ben', 'operator'),
    server.addInvite('operator'),
  ]);
  const desk = await startDesk({ folder: folder.path });
  ends.push(async () => desk.app.close().catch(() => undefined));
  const { control } = desk;

  // The doors of the first screen stand in nobody's way; the second leads to the team.
  await control.getByRole('button', { name: 'Join a team' }).focus();
  await control.keyboard.press('Enter');
  await control.getByLabel('Invitation, or address of the server').focus();
  await control.keyboard.type(invitation);
  for (const text of ['Dora', 'dora@example.org', 'a-long-enough-word-7']) {
    await control.keyboard.press('Tab');
    await control.keyboard.type(text);
  }
  await control.keyboard.press('Enter');
  await expect(control.locator('[data-line]')).toBeVisible();
  await control.keyboard.press('Escape');
  await control.getByRole('button', { name: 'Fill the server' }).click();
  await expect(control.locator('[data-saving="saved"]')).toBeVisible({ timeout: 60_000 });
  await expect(control.locator('[data-first-doors]')).toHaveCount(0);
  const count = await tiles(control).count();

  const first = await openRoom(browser, server.url);
  await signIn(first.page, ana.email);
  await expect(tiles(first.page)).toHaveCount(count);
  const second = await openRoom(browser, server.url);
  await signIn(second.page, ben.email);
  await expect(tiles(second.page)).toHaveCount(count);
  await expect(first.page.locator('[data-who="person"]', { hasText: 'Dora' })).toBeAttached();
  await expect(first.page.locator('[data-who="wall"]')).toBeAttached();

  // One takes a tile off, the other sees it, and so does the desk.
  const remove = async (page: Page, ...way: readonly string[]): Promise<void> => {
    for (const key of ['Control+g', ...way, 'Delete']) await page.keyboard.press(key);
  };
  await remove(second.page);
  for (const page of [first.page, control]) await expect(tiles(page)).toHaveCount(count - 1);

  await ask(desk, 'connect-team', false);
  await expect(control.locator('[data-saving="offline"]')).toContainText(/offline since \d/);
  await remove(control, 'ArrowRight');
  await expect(tiles(control)).toHaveCount(count - 2);
  await addLink(first.page, 'https://kick.com/meanwhile');
  await expect(tiles(first.page)).toHaveCount(count - 1);
  await ask(desk, 'connect-team', true);
  for (const page of [first.page, second.page, control]) await expect(tiles(page)).toHaveCount(count - 2);
  const listed = await rows(first.page).textContent();
  await expect(rows(control)).toHaveText(listed ?? '');
});
