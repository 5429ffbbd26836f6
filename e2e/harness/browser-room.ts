import { existsSync } from 'node:fs';
import {
  chromium,
  expect,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
} from '@playwright/test';
import { PASSWORD } from './team-server.ts';

const PLACES = [
  process.env['STREAMWALL_CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/** Where a Chromium is on this machine; undefined where there is none. */
export const chromiumPath = (): string | undefined =>
  PLACES.find((path): path is string => path !== undefined && existsSync(path));

export async function launchChromium(): Promise<Browser> {
  const executablePath = chromiumPath();
  if (executablePath === undefined) throw new Error('there is no Chromium on this machine');
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}

/** A control room in a browser of its own, as one person has it. */
export type BrowserRoom = { readonly page: Page; readonly context: BrowserContext };

export async function openRoom(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<BrowserRoom> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  await page.goto(url);
  return { page, context };
}

export async function signIn(page: Page, email: string): Promise<void> {
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.locator('[data-drop="stage"]').waitFor({ timeout: 60_000 });
  await closeWelcome(page);
}

export async function closeWelcome(page: Page): Promise<void> {
  const door = page.getByRole('button', { name: /A wall of my own/ });
  if (await door.isVisible()) await door.click();
}

/** The first stream may be the one that the welcome waits for, so it is closed first. */
export async function addLink(page: Page, link: string): Promise<void> {
  const field = page.getByRole('textbox', { name: 'Add a stream by its link' });
  await field.fill(link);
  await field.press('Enter');
  await expect(field).toHaveValue('');
}
