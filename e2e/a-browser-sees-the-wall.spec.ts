import { expect, test } from '@playwright/test';
import { chromiumPath, launchChromium, openRoom, signIn } from './harness/browser-room.ts';
import { ask, lineOf } from './harness/team.ts';
import { startTeamServer } from './harness/team-server.ts';
import { openZooDesk } from './zoo/zoo-desk.ts';

test.skip(chromiumPath() === undefined, 'needs a Chromium; STREAMWALL_CHROMIUM says where one is');

test('a browser shows small stills of a wall on a desk’s screen, and how its tiles do, and asks its machine for more', async () => {
  const [server, browser, wall] = await Promise.all([
    startTeamServer(),
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
    await server.stop();
  }
});
