import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { addLink, chromiumPath, launchChromium, openRoom, signIn } from './harness/browser-room.ts';
import { PASSWORD, startTeamServer, type TeamServer } from './harness/team-server.ts';

test.skip(chromiumPath() === undefined, 'needs a Chromium; STREAMWALL_CHROMIUM says where one is');
test.describe.configure({ mode: 'serial' });

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

let server: TeamServer;
let browser: Browser;
let page: Page;

test.beforeAll(async () => {
  [server, browser] = await Promise.all([startTeamServer(), launchChromium()]);
  await server.addPerson('Ana', 'admin');
  await addOthers();
  ({ page } = await openAdmin('ana@example.org'));
});
test.afterAll(async () => {
  await browser.close();
  await server.stop();
});

/** Over the API, which takes less time than the command line. @returns what it answered */
async function send(method: string, path: string, body: unknown, token = ''): Promise<Response> {
  return fetch(`${server.url}/api/v1/${path}`, {
    method,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

async function tokenOfAna(): Promise<string> {
  const entered = await send('POST', 'login', { user: { email: 'ana@example.org', password: PASSWORD } });
  const { token } = (await entered.json()) as { token: string };
  return token;
}

async function addOthers(): Promise<void> {
  const token = await tokenOfAna();
  for (const [name, role] of [
    ['Ben', 'operator'],
    ['Vera', 'viewer'],
  ] as const) {
    const user = { name, role, email: `${name.toLowerCase()}@example.org`, password: PASSWORD };
    expect((await send('POST', 'users', { user }, token)).status).toBe(201);
  }
}

async function openAdmin(email: string): Promise<{ context: BrowserContext; page: Page }> {
  const opened = await openRoom(browser, `${server.url}/admin`);
  await opened.page.getByLabel('Email').fill(email);
  await opened.page.getByLabel('Password').fill(PASSWORD);
  await opened.page.getByRole('button', { name: 'Sign in' }).click();
  await opened.page.getByRole('navigation', { name: 'Pages' }).waitFor();
  return opened;
}

async function go(name: string, on = page): Promise<void> {
  await on.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name, exact: true }).click();
  await expect(on.getByRole('heading', { level: 1, name })).toBeVisible();
}

async function look(on = page): Promise<void> {
  const { violations } = await new AxeBuilder({ page: on }).withTags(WCAG).setLegacyMode().analyze();
  expect(
    violations.map(({ id, nodes }) => `${id} at ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`),
  ).toEqual([]);
}

const row = (text: string, on = page) => on.getByRole('row').filter({ hasText: text });
const press = async (name: string): Promise<void> => {
  await page.getByRole('button', { name, exact: true }).click();
};
/** What cannot be undone is pressed twice. */
async function pressTwice(words: string, what: string): Promise<void> {
  await press(`${words}: ${what}`);
  await press(`${words}? Press again: ${what}`);
}

test('the overview says how every part does, and draws what happened', async () => {
  await expect(page.getByText('works', { exact: false }).first()).toBeVisible();
  await expect(page.getByText('embedded')).toBeVisible();
  await expect(page.getByRole('img', { name: /Streams found, by the hour/ })).toBeVisible();
  await look();
});

test('people are added, changed and removed, and invited by a link that is shown once', async () => {
  await go('People');
  await page.getByLabel('Name', { exact: true }).fill('Dora');
  await page.getByLabel('Email', { exact: true }).fill('dora@example.org');
  await page.getByLabel('Password, 8 characters or more').fill(PASSWORD);
  await press('Add somebody');
  await expect(row('dora@example.org')).toBeVisible();
  await page.getByLabel('Role of Dora').selectOption('monitor');
  await expect(page.getByLabel('Role of Dora')).toHaveValue('monitor');
  await press('Disable: Dora');
  await expect(row('dora@example.org')).toContainText('disabled');
  await press('Invite');
  await expect(page.getByText(`${server.url}/invite/`)).toBeVisible();
  await look();
  await pressTwice('Remove', 'Dora');
  await expect(row('dora@example.org')).toHaveCount(0);
});

test('the last admin stays, and the page says why', async () => {
  await page.getByLabel('Role of Ana').selectOption('viewer');
  await expect(page.getByText('This is the last admin who can sign in')).toBeVisible();
});

test('keys are made, shown once, rotated and revoked', async () => {
  await go('Keys');
  await page.getByLabel('What it is for').fill('chat bot');
  await press('Make a key');
  await expect(page.getByText(/^swk_/)).toBeVisible();
  await expect(row('chat bot')).toHaveCount(1);
  await look();
  await pressTwice('Rotate', 'chat bot');
  await expect(row('chat bot')).toHaveCount(2);
});

test('the list has all powers of the control room, over a copy of its own', async () => {
  await go('Streams');
  await addLink(page, 'https://www.twitch.tv/woo');
  await expect(page.locator('[data-stream]')).toHaveCount(1);
  await look();
  await page.getByRole('tab', { name: 'Ignored' }).click();
  await page.getByLabel('Which').fill('spam.example.org');
  await press('Ignore');
  await expect(page.getByText('spam.example.org')).toBeVisible();
});

test('a place is put right, and two that are one become one', async () => {
  await page.getByRole('tab', { name: 'Places' }).click();
  const city = page.getByLabel('City');
  for (const name of ['Portlend', 'Portland']) {
    await city.fill(name);
    await press('Add a place');
    await expect(page.getByText(name, { exact: true })).toBeVisible();
  }
  await press('Save: Portlend');
  await city.fill('Portland, again');
  await press('Save');
  await press('Save: Portland, again');
  await look();
  await page.getByLabel('The same as').selectOption('Portland');
  await expect(page.getByText('Portland, again', { exact: true })).toHaveCount(0);
  await expect(page.getByText('Portland', { exact: true })).toBeVisible();
});

test('maintenance lets edits wait, and the end of it lets them go on; a bot is switched off by name', async () => {
  await go('Flags');
  await page.getByLabel('Why', { exact: true }).first().fill('new disks');
  await press('Begin');
  await expect(page.getByText('Goes on: new disks.')).toBeVisible();
  const held = await page.request.post(`${server.url}/api/v1/streams`, { data: {} });
  expect([held.status(), Number(held.headers()['retry-after']) > 0]).toEqual([503, true]);
  await press('End');
  await expect(page.getByText('Goes on: new disks.')).toHaveCount(0);
  await page.getByLabel('Which', { exact: true }).selectOption('chat bot');
  await press('Switch off');
  await expect(row('chat bot')).toBeVisible();
  await page.getByLabel('Name of a feature').fill('new-list');
  await press('Add');
  await page.getByRole('switch', { name: 'new-list is on' }).click();
  await page.getByLabel('For whom new-list is on').selectOption('role operator');
  await expect(page.getByLabel('For whom new-list is on')).toHaveValue('role operator');
  await page.getByLabel('Also for, of new-list').selectOption({ label: 'Ana' });
  await press('Not for Ana any more: new-list');
  await expect(page.getByRole('button', { name: 'Not for Ana any more: new-list' })).toHaveCount(0);
  await look();
  await press('Switch on: chat bot');
  await expect(page.getByText('Nothing is switched off.')).toBeVisible();
});

test('the audit tells all of it, and is searched and taken away', async () => {
  await go('Audit');
  await expect(row('user.added').first()).toContainText('dora@example.org');
  await expect(row('flag.set').first()).toBeVisible();
  await expect(row('added').filter({ hasText: 'catalogue/streams/' }).first()).toBeVisible({
    timeout: 10_000,
  });
  await look();
  const rows = page.getByRole('table', { name: 'Audit' }).getByRole('row');
  await page.getByLabel('Search', { exact: true }).fill('key.rotated');
  await expect(rows).toHaveCount(2);
  await page.getByLabel('Search', { exact: true }).fill('');
  await page.getByLabel('What begins with', { exact: true }).fill('user.added');
  await page.getByLabel('Address begins with').fill('127.');
  await page.getByLabel('Before or after holds').fill('DORA@example.org');
  await expect(rows).toHaveCount(2);
  await expect(row('user.added')).toContainText('dora@example.org');
  await page.getByLabel('Since', { exact: true }).fill('2020-01-01T00:00');
  await expect(rows).toHaveCount(2);
  await page.getByLabel('Until', { exact: true }).fill('2020-01-02T00:00');
  await expect(rows).toHaveCount(0);
  await page.getByLabel('Until', { exact: true }).fill('');
  const [download] = await Promise.all([page.waitForEvent('download'), press('Take away as CSV')]);
  expect(download.suggestedFilename()).toBe('streamwall-audit.csv');
  expect((await readFile(await download.path(), 'utf8')).trim().split('\r\n')).toHaveLength(2);
});

test('a wall is brought back as it was', async () => {
  const ben = await openRoom(browser, server.url);
  await signIn(ben.page, 'ben@example.org');
  await ben.page.locator('[data-stream]').first().dblclick();
  await expect(ben.page.locator('li[data-tile]')).toHaveCount(1);
  await expect(ben.page.locator('[data-saving="saved"]')).toBeVisible();
  await go('Documents');
  await page
    .getByRole('button', { name: /^History: wall:/ })
    .first()
    .click();
  const placed = await page
    .getByRole('button', { name: /^Bring back: / })
    .first()
    .getAttribute('aria-label');
  await ben.page.keyboard.press('Control+G');
  await ben.page.keyboard.press('Delete');
  await expect(ben.page.locator('li[data-tile]')).toHaveCount(0);
  await look();
  await pressTwice('Bring back', String(placed?.replace('Bring back: ', '')));
  await expect(ben.page.locator('li[data-tile]')).toHaveCount(1);
  await go('Connected');
  await expect(row('Ben').first()).toContainText('127.0.0.1');
  await look();
  const button = page.getByRole('button', { name: /^Disconnect: Ben, wall:/ }).first();
  await button.click();
  await page
    .getByRole('button', { name: /^Disconnect\? Press again: Ben, wall:/ })
    .first()
    .click();
  await expect(page.getByRole('button', { name: /^Disconnect: Ben, wall:/ })).toHaveCount(0);
  await ben.context.close();
});

test('a snapshot is kept, and what the list has lost since comes back, in part, in all, and is undone', async () => {
  await go('Documents');
  await press('History: catalogue');
  await press('Take a snapshot now');
  await expect(page.getByText(/^Stored, and kept: the document after edit/)).toBeVisible();
  await expect(page.getByRole('table', { name: 'Snapshots' })).toContainText('kept');
  await look();
  const token = await tokenOfAna();
  const listed = await send('GET', 'streams?search=woo', undefined, token);
  const [woo] = ((await listed.json()) as { streams: { id: number }[] }).streams;
  expect((await send('DELETE', `streams/${String(woo?.id)}`, undefined, token)).status).toBeLessThan(300);
  await page
    .getByRole('table', { name: 'Snapshots' })
    .getByRole('button', { name: /^Lost since: / })
    .first()
    .click();
  await expect(page.getByText('Streams: 1 missing')).toBeVisible();
  await page.getByRole('checkbox', { name: /^Choose .*woo/i }).check();
  await look();
  await press('Bring back the chosen (1)');
  await expect(page.getByText('Nothing is lost.')).toBeVisible();
  await press('Undo that');
  await expect(row('twitch.tv/woo')).toContainText('missing');
  await page.getByRole('button', { name: /^Bring back all \(1\): / }).click();
  await page.getByRole('button', { name: /^Bring back all \(1\)\? Press again: / }).click();
  await expect(page.getByText('Nothing is lost.')).toBeVisible();
  // Who has left that page finds both again, and undoes what is not undone yet.
  await press('Back to the history');
  const past = page.getByRole('table', { name: 'Brought back' });
  await expect(past.getByRole('row')).toHaveCount(3);
  await expect(past).toContainText(/undone by Ana/);
  await look();
  await past.getByRole('button', { name: /^Undo: / }).click();
  await past.getByRole('button', { name: /^Undo\? Press again: / }).click();
  await expect(past.getByText(/undone by Ana/)).toHaveCount(2);
  const again = await send('POST', 'streams', { link: 'https://www.twitch.tv/woo' }, token);
  expect(again.status).toBe(201);
});

test('a file of streams is imported with a report, and all of it exported', async () => {
  await go('Import and export');
  const csv = 'link,title\nhttps://www.twitch.tv/woo,Woo\nhttps://www.twitch.tv/two,Two\nnot a link,No\n';
  await page
    .getByLabel('File to import')
    .setInputFiles({ name: 'streams.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
  await press('Import');
  await expect(page.getByText('1 added, 1 known already, 1 refused.').first()).toBeVisible();
  await expect(row('not a link')).toBeVisible();
  await look();
  await press('Put away');
  const [download] = await Promise.all([page.waitForEvent('download'), press('Streams as CSV')]);
  expect(download.suggestedFilename()).toBe('streams.csv');
});

test('an import goes on while other pages are looked at, and after the page was lost', async () => {
  await go('Import and export');
  const rules = Array.from({ length: 230 }, (_, index) => `domain,spam${String(index)}.example`);
  let sent = 0;
  // The second hundred never gets an answer.
  await page.route('**/api/v1/ignore_lists/bulk_create', async (route) =>
    ++sent === 2 ? undefined : route.continue(),
  );
  await page.getByLabel('File to import').setInputFiles({
    name: 'spam.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(['list_type,value', ...rules, 'domain,'].join('\n')),
  });
  await press('Import');
  await expect(page.getByText('100 of 230', { exact: true })).toBeVisible();
  await go('Flags');
  await go('Import and export');
  await expect(page.getByText('100 of 230', { exact: true })).toBeVisible();
  await page.reload();
  await expect(page.getByText('It was interrupted.')).toBeVisible();
  await expect(page.getByText('spam.csv')).toBeVisible();
  await press('Go on');
  await expect(page.getByText('230 of 230', { exact: true })).toBeVisible();
  await expect(page.getByText('230 added, 0 known already, 0 refused.').first()).toBeVisible();
  await expect(page.getByText('Left out, without a link or value: 1.')).toBeVisible();
  await press('Put away');
  await page.reload();
  await expect(page.getByLabel('File to import')).toBeVisible();
  await expect(page.getByText('spam.csv')).toHaveCount(0);
});

test('the pages are walked by keyboard, and the address names the page', async () => {
  await page.goto(`${server.url}/admin#roles`);
  await expect(page.getByRole('heading', { level: 1, name: 'Roles' })).toBeVisible();
  await look();
  const link = page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Flags' });
  await link.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Flags' })).toBeVisible();
  await expect(page.getByRole('main')).toBeFocused();
});

test('what is filled in outlasts a server that does not answer, and a session that ends', async () => {
  await go('Flags');
  const why = page.getByLabel('Why', { exact: true }).first();
  await why.fill('new disks');
  await page.route('**/api/v1/admin/flags', async (route) => route.fulfill({ status: 503, json: {} }));
  await expect(page.getByText('What you see is from before')).toBeVisible();
  await expect(why).toHaveValue('new disks');
  await look();
  await page.unroute('**/api/v1/admin/flags');
  await press('Try again');
  await expect(page.getByText('What you see is from before')).toHaveCount(0);
  await expect(why).toHaveValue('new disks');

  await go('Keys');
  await page.getByLabel('What it is for').fill('made in the end');
  const token = await tokenOfAna();
  const me = (await (await send('GET', 'me', undefined, token)).json()) as { user: { id: number } };
  expect((await send('DELETE', `users/${String(me.user.id)}/sessions`, undefined, token)).ok).toBe(true);
  await press('Make a key');
  await page.getByLabel('Email').fill('ana@example.org');
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByLabel('What it is for')).toHaveValue('made in the end');
  await press('Make a key');
  await expect(row('made in the end')).toHaveCount(1);
});

test('on a phone, a table scrolls by itself and the page does not', async () => {
  const before = page.viewportSize();
  await page.setViewportSize({ width: 390, height: 844 });
  for (const name of ['Keys', 'People', 'Flags', 'Audit']) {
    await go(name);
    await page.getByRole('main').getByRole('table').first().waitFor();
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect([name, width]).toEqual([name, 390]);
  }
  if (before !== null) await page.setViewportSize(before);
});

for (const { name, pages, mayAdd } of [
  { name: 'Ben', pages: ['Roles', 'Streams', 'Import and export'], mayAdd: true },
  { name: 'Vera', pages: ['Roles', 'Streams'], mayAdd: false },
])
  test(`${name} sees and may do exactly what the table says`, async () => {
    const other = await openAdmin(`${name.toLowerCase()}@example.org`);
    const links = other.page.getByRole('navigation', { name: 'Pages' }).getByRole('link');
    expect((await links.allTextContents()).toSorted()).toEqual(pages.toSorted());
    const field = other.page.getByRole('textbox', { name: 'Add a stream by its link' });
    await expect(other.page.locator('[data-stream]').first()).toBeVisible();
    const before = await other.page.locator('[data-stream]').count();
    await field.fill(`https://www.twitch.tv/${name.toLowerCase()}`);
    await field.press('Enter');
    if (mayAdd) await expect(other.page.locator('[data-stream]')).toHaveCount(before + 1);
    else {
      await expect(other.page.getByText(/role/i).first()).toBeVisible();
      await expect(other.page.locator('[data-stream]')).toHaveCount(before);
    }
    await other.page.goto(`${server.url}/admin#users`);
    await expect(other.page.getByRole('heading', { level: 1, name: 'Streams' })).toBeVisible();
    const tried = await other.page.evaluate(async () => {
      const { token } = (await (await fetch('/api/v1/tokens/refresh', { method: 'POST' })).json()) as {
        token: string;
      };
      const paths = [
        'users',
        'invites',
        'keys',
        'admin/flags',
        'admin/audit',
        'admin/documents',
        'admin/connections',
      ];
      const answers = paths.map(async (path) =>
        fetch(`/api/v1/${path}`, { headers: { authorization: `Bearer ${token}` } }),
      );
      return (await Promise.all(answers)).map(({ status }) => status);
    });
    expect(new Set(tried)).toEqual(new Set([403]));
    await look(other.page);
    await other.context.close();
  });
