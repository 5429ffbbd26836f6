import { expect, test, type Browser } from '@playwright/test';
import { chromiumPath, launchChromium, openRoom, signIn } from './harness/browser-room.ts';
import { startTeamServers, type TeamServers } from './harness/team.ts';
import { PASSWORD } from './harness/team-server.ts';

test.skip(chromiumPath() === undefined, 'needs a Chromium; STREAMWALL_CHROMIUM says where one is');

let team: TeamServers;
let browser: Browser;
test.beforeAll(async () => {
  [team, browser] = await Promise.all([startTeamServers(), launchChromium()]);
});
test.afterAll(async () => {
  await browser.close();
  await team.remove();
});

async function addPerson(name: string, role: string, token: string): Promise<string> {
  const email = `${name.toLowerCase()}@example.org`;
  const reply = await fetch(`${team.servers[0].url}/api/v1/users`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ user: { name, role, email, password: PASSWORD } }),
  });
  expect(reply.status).toBe(201);
  return email;
}

test('the pages of one instance show both, and let somebody go who is connected to the other', async () => {
  const [here, there] = team.servers;
  const key = team.key('admin');
  const ana = await addPerson('Ana', 'admin', key);
  const ben = await addPerson('Ben', 'operator', key);
  const { page } = await openRoom(browser, `${here.url}/admin`);
  await page.getByLabel('Email').fill(ana);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  const instances = page.getByRole('region', { name: 'Instances' }).getByRole('listitem');
  await expect(instances).toHaveCount(2, { timeout: 20_000 });
  await expect(instances.filter({ hasText: '(this one)' })).toHaveCount(1);

  const room = await openRoom(browser, there.url);
  await signIn(room.page, ben);
  await page.getByRole('link', { name: 'Connected', exact: true }).click();
  const leave = page.getByRole('button', { name: /^Disconnect: Ben, wall:/ });
  await expect(leave).toHaveCount(1, { timeout: 20_000 });
  await leave.click();
  await page.getByRole('button', { name: /^Disconnect\? Press again: Ben, wall:/ }).click();
  await expect(page.getByText('Ben was disconnected, and does not come back by itself.')).toBeVisible();
  await expect(page.getByRole('button', { name: /Ben, wall:/ })).toHaveCount(0, { timeout: 20_000 });
});
