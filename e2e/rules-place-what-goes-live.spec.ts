import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, type Page } from '@playwright/test';
import { story } from './harness/story.ts';
import { tile } from './harness/wall.ts';

/** Twitch as the checker without a key asks it, played on this machine. */
async function fakeTwitch() {
  const state = { isLive: false, isBroken: false, asked: 0 };
  const server = createServer((_request, response) => {
    state.asked += 1;
    const stream = state.isLive ? { type: 'live', viewersCount: 12 } : null;
    const rest = state.isBroken ? { 'retry-after': '60' } : {};
    response.writeHead(state.isBroken ? 503 : 200, { 'content-type': 'application/json', ...rest });
    response.end(JSON.stringify({ data: { u0: { login: 'ann', stream } } }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { state, origin: `http://127.0.0.1:${String(port)}`, close: () => server.close() };
}

async function ask(control: Page, entry: string): Promise<void> {
  await control.locator('[data-stream]', { hasText: 'twitch.tv/ann' }).first().click({ button: 'right' });
  await control.getByRole('menuitem', { name: entry }).click();
}

story(
  'a stream goes live, a rule puts it on the wall, and a person takes it off for good',
  async ({ start }) => {
    const twitch = await fakeTwitch();
    const env = { STREAMWALL_STAND_INS: `gql.twitch.tv=${twitch.origin}` };
    const desk = await start({ env, checks: true });
    const { control } = desk;
    await tile(desk, 'demo-rain').locator('[data-spot]').focus();
    await control.keyboard.press('Delete');
    await expect(tile(desk, 'demo-rain')).toHaveCount(0);

    await control.keyboard.press('Control+,');
    await control.getByRole('tab', { name: 'Rules' }).click();
    await control.getByRole('textbox', { name: 'Name' }).fill('Pinned');
    await control.getByRole('button', { name: 'Add the rule, switched off' }).click();
    const rule = control.locator('[data-rule="Pinned"]').getByRole('switch');
    await expect(rule).not.toBeChecked();
    await rule.click();
    await expect(rule).toBeChecked();
    await control.keyboard.press('Escape');

    const field = control.getByRole('textbox', { name: 'Add a stream by its link' });
    await field.fill('https://www.twitch.tv/ann');
    await field.press('Enter');
    await control
      .getByRole('tab', { name: 'All' })
      .or(control.getByRole('radio', { name: 'All' }))
      .first()
      .click();
    const row = control.locator('[data-stream]', { hasText: 'twitch.tv/ann' });
    await ask(control, 'Pin');
    await expect(row).toContainText('offline', { timeout: 20_000 });
    await expect(control.locator('[data-status-checker="running"]')).toBeVisible({ timeout: 20_000 });

    twitch.state.isLive = true;
    await ask(control, 'Check now whether it is live');
    await expect(row).toContainText(/live/, { timeout: 20_000 });
    const code = (await row.getAttribute('data-code')) ?? '';
    const placed = control.locator(`[data-drop="stage"] [data-code="${code}"]`);
    await expect(placed).toHaveCount(1, { timeout: 20_000 });

    await control.getByRole('tab', { name: 'History' }).click();
    await expect(control.getByText(`The rule Pinned put ${code} on the wall`)).toBeVisible();
    await control.getByRole('button', { name: 'Undo that', exact: true }).click();
    await expect(placed).toHaveCount(0);
    await control.getByRole('tab', { name: 'Streams' }).click();

    // The rule looks every second: after an answer that came later, it has passed over the stream.
    twitch.state.isBroken = true;
    const before = twitch.state.asked;
    await ask(control, 'Check now whether it is live');
    await expect.poll(() => twitch.state.asked, { timeout: 20_000 }).toBeGreaterThan(before);
    await expect(control.locator('[data-status-checker]')).toContainText('gives no answer', {
      timeout: 20_000,
    });
    await expect(row).toContainText(/live/);
    await expect(placed).toHaveCount(0);
    await ask(control, 'Do not check this');
    await expect.poll(async () => row.locator('[title*="Do not check this"]').count()).toBe(1);
    twitch.close();
  },
);
