import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '#shared/kernel/clock.ts';
import { TileId, WallId } from '#shared/model/ids.ts';
import { linksIn, must, quiet } from './collect/test-collector.ts';
import { readWorkerPresence } from '#shared/protocol/worker-presence.ts';
import { createDiscordPlatform } from './discord/create-discord-platform.ts';
import { DiscordConfig } from './discord/discord-config.ts';
import { startFakeDiscord, type FakeDiscord } from './discord/test-fake-discord.ts';
import type { PlatformSurroundings } from './platform.ts';
import { openTestDesk } from './test-desk.ts';
import { startTestSyncServer } from './test-sync-server.ts';
import { systemTimers } from './timers.ts';
import { startWorker, type Worker } from './worker.ts';

const STREET = '100';
const WALL = WallId.parse('main');

let stops: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const stop of stops.reverse()) await stop();
  stops = [];
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ingest-team-'));
  stops.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function startBot(
  discord: FakeDiscord,
  folder: string,
  server: { url: string; key: string },
  look: (surroundings: PlatformSurroundings) => void = () => undefined,
): Promise<Worker & { quit: () => Promise<void> }> {
  const config = DiscordConfig.parse({ channels: [{ id: STREET }], api: discord.api, commands: false });
  const worker = must(
    await startWorker({
      ...{ name: 'discord', folder, server, wall: WALL, limit: { messages: 1_000, windowMs: 60_000 } },
      createPlatform: (surroundings) => {
        look(surroundings);
        return createDiscordPlatform({ config, token: discord.token }, surroundings);
      },
      fetch: () => Promise.reject(new Error('nobody is asked in this test')),
      ...{ clock: systemClock, timers: systemTimers, logger: quiet },
    }),
  );
  const quit = async () => {
    stops = stops.filter((other) => other !== quit);
    await worker.stop();
  };
  stops.push(quit);
  return { ...worker, quit };
}

async function startDiscord(): Promise<FakeDiscord> {
  const discord = await startFakeDiscord({ channels: [STREET] });
  stops.push(() => discord.stop());
  discord.post(STREET, 'the beginning');
  return discord;
}

describe('a bot in a team', () => {
  it('[I61] [I14] [I66] decides nothing before it has seen the team’s ignore list, goes on without the server, and merges', async () => {
    const [discord, folder, data] = [await startDiscord(), newFolder(), newFolder()];
    let server = await startTestSyncServer(data);
    const { url } = server;
    const port = Number(new URL(url).port);
    const [botKey, deskKey] = [await server.key('service'), await server.key('operator')];
    const desk = await openTestDesk(url, deskKey);
    stops.push(() => desk.quit());
    must(
      await desk.replica.send({
        document: 'catalogue',
        command: { type: 'add-ignore', list: 'discord_user', value: 'mallory' },
      }),
    );
    await expect.poll(() => desk.sync.state()).toMatchObject({ line: { type: 'in-step' }, unsaved: 0 });
    await server.stop();

    const bot = await startBot(discord, folder, { url, key: botKey });
    await expect.poll(() => bot.state()).toMatchObject({ platform: 'connected', behind: 0 });
    const author = { id: '66', username: 'mallory' };
    const bad = discord.post(STREET, 'kick.com/bad', { author });
    const first = discord.post(STREET, 'kick.com/first');
    await expect.poll(() => bot.state().waiting).toBe(2);
    server = await startTestSyncServer(data, port);
    await expect.poll(() => discord.reactionsTo(STREET, first)).toEqual(['✅']);
    expect(discord.reactionsTo(STREET, bad)).toEqual(['🚫']);
    await expect.poll(() => linksIn(desk.replica)).toEqual(['https://kick.com/first']);

    const shown = () => [...readWorkerPresence(desk.sync.presence('catalogue').others()).values()];
    await expect
      .poll(shown)
      .toMatchObject([
        { bot: { state: 'connected', messagesRead: 2, outcomes: { added: 1, ignored: 1 }, waiting: 0 } },
      ]);
    await server.stop();
    const second = discord.post(STREET, 'kick.com/second');
    const worse = discord.post(STREET, 'kick.com/worse', { author });
    await expect.poll(() => bot.state()).toMatchObject({ waiting: 2, oldestWaitingMs: expect.any(Number) });
    await expect.poll(() => bot.state().oldestWaitingMs).toBeGreaterThan(0);
    expect(discord.reactionsTo(STREET, second)).not.toContain('✅');
    server = await startTestSyncServer(data, port);
    stops.push(() => server.stop());
    await expect.poll(() => discord.reactionsTo(STREET, second)).toEqual(['✅']);
    await expect.poll(() => discord.reactionsTo(STREET, worse)).toEqual(['🚫']);
    await expect.poll(() => linksIn(desk.replica)).toHaveLength(2);
  }, 120_000);

  it('[I62] chooses what is heard where its key may, and is told where it may not', async () => {
    const [discord, folder, data] = [await startDiscord(), newFolder(), newFolder()];
    const server = await startTestSyncServer(data);
    stops.push(() => server.stop());
    const desk = await openTestDesk(server.url, await server.key('operator'));
    stops.push(() => desk.quit());
    let surroundings: PlatformSurroundings | undefined;
    const key = await server.key('service', 'walls', 'audio');
    const bot = await startBot(discord, folder, { url: server.url, key }, (given) => (surroundings = given));
    await expect.poll(() => bot.state()).toMatchObject({ platform: 'connected', behind: 0 });
    discord.post(STREET, 'kick.com/first');
    await expect.poll(() => linksIn(desk.replica)).toHaveLength(1);
    const [stream] = [...desk.replica.catalogue().streams.values()];
    const tile = TileId.parse('t1');
    const place = { type: 'place-stream', tile, stream: stream!.id } as const;
    must(await desk.replica.send({ document: 'wall', wall: WALL, command: place }));
    await expect.poll(() => surroundings?.wall()?.tiles.length).toBe(1);
    expect(await surroundings?.listen(tile)).toBeUndefined();
    await expect.poll(() => desk.replica.wall(WALL)?.heard).toBe(tile);
    expect(await surroundings?.listen(TileId.parse('gone'))).toMatch(/tile/);
  }, 60_000);

  it('[I63] says that the server does not let it in', async () => {
    const [discord, folder, data] = [await startDiscord(), newFolder(), newFolder()];
    const server = await startTestSyncServer(data);
    stops.push(() => server.stop());
    const key = `swk_${'a'.repeat(12)}_${'b'.repeat(43)}`;
    const bot = await startBot(discord, folder, { url: server.url, key });
    expect(await bot.turnedAway).toMatch(/does not let this bot in/);
  }, 60_000);
});
