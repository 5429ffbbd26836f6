import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { chromiumPath, closeWelcome, launchChromium, openRoom, signIn } from './harness/browser-room.ts';
import { joinAsRemote } from './harness/remote-desk.ts';
import { startTeamServer } from './harness/team-server.ts';

/** `npm run screens`: pictures of every screen of the control room, into `docs/screens/`. Needs a built app and a Chromium. */
const FOLDER = resolve(import.meta.dirname, '../docs/screens');

if (chromiumPath() === undefined) {
  console.error('There is no Chromium here. STREAMWALL_CHROMIUM says where one is.');
  process.exit(1);
}
const [server, browser] = await Promise.all([startTeamServer(), launchChromium()]);
await mkdir(FOLDER, { recursive: true });

async function take(page: Page, name: string): Promise<void> {
  // Sentences about what was just done leave by themselves; pictures are taken without.
  await page.mouse.move(2, 2);
  for (const button of await page.getByRole('button', { name: 'Dismiss' }).all())
    await button.click().catch(() => undefined);
  await page.waitForTimeout(250);
  await page.screenshot({ path: join(FOLDER, `${name}.png`) });
  console.log(`docs/screens/${name}.png`);
}

async function over(page: Page, keys: string, name: string): Promise<void> {
  await page.keyboard.press('Control+G');
  await page.keyboard.press(keys);
  await page.getByRole('dialog').waitFor();
  await take(page, name);
  await page.keyboard.press('Escape');
}

/** Each page of the administration, as an admin finds it after an evening. */
async function takeAdministration(): Promise<void> {
  const { page, context } = await openRoom(browser, `${server.url}/admin`);
  await page.getByLabel('Email').fill('ana@example.org');
  await page.getByLabel('Password').fill('harbour-lights-9');
  await page.getByRole('button', { name: 'Sign in' }).click();
  for (const name of [
    'overview',
    'connected',
    'users',
    'keys',
    'roles',
    'flags',
    'audit',
    'documents',
  ] as const) {
    await page.goto(`${server.url}/admin#${name}`);
    await page.getByRole('main').locator('table, ul, form').first().waitFor();
    await take(page, `admin-${name}`);
  }
  await context.close();
}

try {
  const { email } = await server.addPerson('Ana', 'admin');
  const ben = await server.addPerson('Ben', 'operator');
  const { page } = await openRoom(browser, server.url);
  await take(page, 'sign-in');
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password').fill('harbour-lights-9');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('dialog').waitFor();
  await take(page, 'first-screen');
  await closeWelcome(page);
  const remote = await joinAsRemote(server.url, await server.addKey('operator'));
  await remote.fill(240);
  const other = await openRoom(browser, server.url);
  await signIn(other.page, ben.email);

  for (let row = 0; row < 7; row++) await page.locator('[data-stream]').nth(row).dblclick();
  await page.locator('li[data-tile] [data-spot]').nth(1).focus();
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('b');
  await take(page, 'control-room');
  await page.keyboard.press('Control+Shift+S');
  await page.keyboard.type('Evening');
  await page.keyboard.press('Enter');
  await take(page, 'scenes');
  await page.keyboard.press('Control+Shift+H');
  await take(page, 'history');
  await page
    .getByRole('button', { name: /Look at the wall/ })
    .nth(2)
    .click();
  await take(page, 'a-moment');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+Shift+G');
  await take(page, 'list');
  await page.keyboard.press('Control+Shift+G');
  await over(page, 'Control+K', 'palette');
  await over(page, '?', 'shortcuts');
  await over(page, 'Control+Comma', 'settings');
  await page.keyboard.press('Control+Shift+L');
  await page
    .getByLabel('Text with links')
    .fill('https://www.twitch.tv/woo and https://kick.com/abq, not https://news.example.org/x');
  await take(page, 'many-links');
  await page.keyboard.press('Escape');
  for (const [colours, name] of [
    ['Light', 'light'],
    ['High contrast', 'high-contrast'],
  ] as const) {
    await page.getByRole('button', { name: 'Appearance' }).click();
    await page.getByRole('menuitemcheckbox', { name: colours }).click();
    await take(page, name);
  }
  await takeAdministration();
  const phone = await openRoom(browser, server.url, {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
    deviceScaleFactor: 2,
  });
  await signIn(phone.page, ben.email);
  await take(phone.page, 'phone');
  remote.close();
} finally {
  await browser.close();
  await server.stop();
}
