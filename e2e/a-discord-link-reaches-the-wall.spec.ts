import { expect } from '@playwright/test';
import { startBot } from './harness/bot.ts';
import { story } from './harness/story.ts';
import { lineOf, ask } from './harness/team.ts';
import { startTeamServer } from './harness/team-server.ts';
import { tilesOf, untilAllPlay } from './harness/wall.ts';

const STREET = '100';
const CITY_HALL = '200';

story(
  'a link in a chat waits for a yes where that is wanted, is put on the wall, and plays',
  async ({ start }) => {
    story.setTimeout(240_000);
    const args = ['--host-resolver-rules=MAP cam.example.org 127.0.0.1'];
    const desk = await start({ args, env: { STREAMWALL_LOCAL_HOSTS: 'cam.example.org' } });
    const server = await startTeamServer();
    const bot = await startBot(server, [
      { id: STREET, directMedia: true },
      { id: CITY_HALL, directMedia: true, moderated: true },
    ]);
    try {
      const { control } = desk;
      await untilAllPlay(desk, 9);
      const joined = { server: server.url, key: await server.addKey('operator'), name: 'Ana' };
      expect(await ask(desk, 'join-team', joined)).toMatchObject({ ok: true });
      await expect.poll(async () => lineOf(desk)).toMatch(/asks|in-step/);
      await ask(desk, 'answer-store-question', 'yes');
      await expect.poll(async () => lineOf(desk)).toBe('in-step');
      await bot.untilListening();

      // Somebody posts what this machine's own demo channels serve, under a name as of the world's.
      const port = await desk.app.evaluate(({ webContents }) => {
        const page = webContents.getAllWebContents().find((each) => each.getURL().startsWith('http'));
        return page === undefined ? '' : new URL(page.getURL()).port;
      });
      const link = (from: string) => `http://cam.example.org:${port}/files/motorway.mp4?from=${from}`;
      const posted = bot.discord.post(STREET, `live at the bridge ${link('bridge')}`);
      const row = control.locator('[data-stream]', { hasText: 'bridge' });
      await expect(row).toBeVisible();
      await expect.poll(() => bot.discord.reactionsTo(STREET, posted)).toEqual(['✅']);

      // The operator frees a place, and puts it there.
      await control.locator('li[data-tile="demo-rain"] [data-spot]').focus();
      await control.keyboard.press('Delete');
      await expect(tilesOf(desk)).toHaveCount(8);
      await row.dblclick();
      const code = (await row.getAttribute('data-code')) ?? '';
      await expect(control.locator(`li[data-tile][data-code="${code}"]`)).toHaveAttribute(
        'data-state',
        'playing',
        {
          timeout: 60_000,
        },
      );

      // What comes from a channel that is watched over waits, and is decided at its row.
      const waiting = bot.discord.post(CITY_HALL, link('hall'));
      await expect.poll(() => bot.discord.reactionsTo(CITY_HALL, waiting)).toEqual(['🕒']);
      await control.locator('[data-filter="waiting"]').click();
      const toDecide = control.locator('[data-stream]');
      await expect(toDecide).toHaveCount(1);
      await expect(toDecide).toContainText('waits for a yes');
      await toDecide.hover();
      await control.getByRole('button', { name: /^Accept / }).click();
      await expect(toDecide).toHaveCount(0);
      const again = bot.discord.post(CITY_HALL, link('hall'));
      await expect.poll(() => bot.discord.reactionsTo(CITY_HALL, again)).toEqual(['🔁']);
    } finally {
      await bot.stop();
      await server.stop();
    }
  },
);
