import { expect, test, type Page } from '@playwright/test';
import { startTestStreamdelay, type TestStreamdelay } from '../src-main/delay/test-fake-streamdelay.ts';
import { chromiumPath, launchChromium, openRoom, signIn } from './harness/browser-room.ts';
import type { Desk } from './harness/desk.ts';
import { ask, lineOf } from './harness/team.ts';
import { startTeamServer } from './harness/team-server.ts';
import { openZooDesk } from './zoo/zoo-desk.ts';

test.skip(chromiumPath() === undefined, 'needs a Chromium; STREAMWALL_CHROMIUM says where one is');

/** Where the machine of the wall says what its Streamdelay server does; unasked for, nothing is started or ended. */
async function seesTheBroadcast(page: Page, desk: Desk, streamdelay: TestStreamdelay): Promise<void> {
  expect(await ask(desk, 'set-delay', { server: streamdelay.url, key: 'secret' })).toMatchObject({
    ok: true,
  });
  const light = page.locator('button[data-delay]');
  await expect(light).toHaveAttribute('data-delay', 'off');
  await page.keyboard.press('F7');
  await expect(light).toHaveText('Broadcast covered');
  await light.click();
  await page.getByRole('button', { name: 'Start the broadcast…' }).click();
  await page.getByRole('button', { name: 'Start it' }).click();
  await page.getByRole('button', { name: 'End the broadcast…' }).click();
  await page.getByRole('button', { name: 'No', exact: true }).click();
  expect(streamdelay.asked).toEqual([{ isCensored: true }, { isStreamRunning: true }]);
  await streamdelay.stop();
  await expect(light).toHaveText(/unknown/);
  await expect(page.getByRole('button', { name: 'Uncover the broadcast' })).toHaveCount(0);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Shift+F7');
  await expect(page.getByText('Streamdelay cannot be reached, so nothing was changed.')).toBeVisible();
}

test('a browser shows small stills of a wall on a desk’s screen, how its tiles and its broadcast do, and asks its machine for more', async () => {
  const [server, streamdelay, browser, wall] = await Promise.all([
    startTeamServer(),
    startTestStreamdelay('secret'),
    launchChromium(),
    // In a team, others may put streams on the wall, and what lies in its own network must be allowed by name.
    openZooDesk(() => [], { env: { STREAMWALL_LOCAL_HOSTS: '127.0.0.1,a.localhost,b.localhost' } }),
  ]);
  try {
    const { desk } = wall;
    await wall.until('neighbour-hls', /playing/);
    const key = await server.addKey('admin');
    expect(await ask(desk, 'join-team', { server: server.url, key, name: 'Wall' })).toMatchObject({
      ok: true,
    });
    await expect.poll(async () => lineOf(desk)).toMatch(/^asks/);
    await ask(desk, 'answer-store-question', 'yes');
    await expect.poll(async () => lineOf(desk)).toBe('in-step');
    const { email } = await server.addPerson('Ana', 'operator');
    const { page } = await openRoom(browser, server.url);
    await signIn(page, email);
    const tile = page.locator('li[data-tile="neighbour-hls"]');
    await expect(tile.locator('canvas[data-still]').first()).toBeVisible();
    await expect(tile).toContainText('Playing');
    wall.zoo.trouble.add('gone aurora');
    await expect(tile).toContainText('The stream does not answer.', { timeout: 60_000 });
    wall.zoo.trouble.delete('gone aurora');
    await expect(tile).toContainText('Playing', { timeout: 60_000 });
    await seesTheBroadcast(page, desk, streamdelay);
    const before = wall.zoo.hits('/page/plain');
    await page.locator('li[data-tile="neighbour-page"]').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Load it again' }).click();
    await expect.poll(() => wall.zoo.hits('/page/plain')).toBeGreaterThan(before);
    await tile.click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'On the wall’s machine' }).click();
    await expect(page.getByRole('menuitem', { name: 'Look inside its page' })).toHaveCount(0);
    const saved = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: 'Take a still' }).click();
    expect((await saved).suggestedFilename()).toMatch(/\.jpg$/);
  } finally {
    await wall.close();
    await browser.close();
    await Promise.all([server.stop(), streamdelay.stop()]);
  }
});
