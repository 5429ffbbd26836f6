import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '#shared/kernel/clock.ts';
import { createMemoryDisk, type MemoryDisk } from '#shared/replica/in-memory-replica-store.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { linksIn, quiet, startTestWorker, type TestWorker } from '../collect/test-collector.ts';
import type { AuthorLimit } from '../collect/author-limit.ts';
import { savedOnDisk, type SavedWatch } from '../collect/saved-watch.ts';
import type { Platform } from '../platform.ts';
import { systemTimers } from '../timers.ts';
import { createDiscordPlatform } from './create-discord-platform.ts';
import { DiscordConfig } from './discord-config.ts';
import { startFakeDiscord, type FakeDiscord } from './test-fake-discord.ts';

const STREET = '100';
const NEWS = '200';
const POSTS = '300';

type Running = { readonly worker: TestWorker; readonly platform: Platform };

let stops: (() => Promise<void>)[] = [];
const folders: string[] = [];
afterEach(async () => {
  for (const stop of stops.reverse()) await stop();
  stops = [];
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

async function startDiscord(port?: number): Promise<FakeDiscord> {
  const discord = await startFakeDiscord({
    channels: [STREET, NEWS, POSTS],
    ...(port === undefined ? {} : { port }),
  });
  stops.push(() => discord.stop());
  return discord;
}

function newDisk() {
  const folder = mkdtempSync(join(tmpdir(), 'discord-'));
  folders.push(folder);
  return { disk: createMemoryDisk(), inboxFile: join(folder, 'inbox.db') };
}

async function startBot(
  discord: FakeDiscord,
  on: { disk?: MemoryDisk; inboxFile?: string; authorLimit?: AuthorLimit } = {},
  more: object = {},
  saved: Pick<SavedWatch, 'settled'> = savedOnDisk,
): Promise<Running & { stop: () => Promise<void> }> {
  const config = DiscordConfig.parse({
    channels: [{ id: STREET }, { id: NEWS, bots: 'all' }],
    api: discord.api,
    ...more,
  });
  const get = () => platform;
  const worker = await startTestWorker({
    ...on,
    saved: { settled: saved.settled, stop: () => undefined },
    platform: {
      answer: (message, outcomes, mayBeHeld) => get().answers.answer(message, outcomes, mayBeHeld),
      hold: (message) => get().answers.hold(message),
    },
    ruleOf: (channel) => get().ruleOf(channel),
  });
  const platform: Platform = createDiscordPlatform(
    { config, token: discord.token },
    {
      catalogue: worker.replica.catalogue,
      wall: () => undefined,
      listen: () => Promise.resolve(undefined),
      mark: worker.inbox.mark,
      ...{ clock: systemClock, timers: systemTimers, logger: quiet },
    },
  );
  const stop = async () => {
    stops = stops.filter((other) => other !== stop);
    await platform.stop();
    await worker.collector.stop();
    worker.inbox.close();
    await worker.replica.close();
  };
  stops.push(stop);
  expect(await platform.start(worker.collector)).toBeUndefined();
  await expect.poll(() => discord.isLive() && get().state()).toEqual({ type: 'connected', behind: 0 });
  return { worker, platform, stop };
}

const links = ({ worker }: Running) => linksIn(worker.replica);
const kick = (name: string) => `https://kick.com/${name}`;

/** Somebody types a command. @returns what they are told in the end */
function askCommand(discord: FakeDiscord, options: object[], more: object = {}): () => Promise<string> {
  const id = discord.nextId();
  const data = { id: '1', type: 1, name: options.length === 0 ? 'wall' : 'stream', options };
  const user = { id: '77', username: 'ann', discriminator: '0', avatar: null };
  const member = { user, roles: [], joined_at: new Date().toISOString(), permissions: '0', flags: 0 };
  discord.ask({
    id,
    token: `t${id}`,
    type: 2,
    version: 1,
    channel_id: STREET,
    application_id: '2',
    data,
    member,
    ...more,
  });
  return async () => {
    const path = `/webhooks/900000000000000002/t${id}/messages/@original`;
    const said = () => discord.calls.filter((call) => call.method === 'PATCH' && call.path === path);
    await expect.poll(() => said().length).toBe(1);
    return (said()[0]!.body as { content: string }).content;
  };
}

const add = (link: string) => [{ type: 1, name: 'add', options: [{ type: 3, name: 'link', value: link }] }];

describe('a Discord bot', () => {
  it('[I40] takes links from its channels and reacts once they are saved', async () => {
    const discord = await startDiscord();
    const bot = await startBot(discord);
    const first = discord.post(STREET, 'Tulsa: kick.com/aaa');
    const again = discord.post(NEWS, 'https://www.kick.com/AAA');
    const talk = discord.post(STREET, 'good morning');
    discord.post(POSTS, 'kick.com/elsewhere');
    await expect.poll(() => discord.reactionsTo(NEWS, again)).toEqual(['🔁']);
    expect(discord.reactionsTo(STREET, first)).toEqual(['✅']);
    expect(discord.reactionsTo(STREET, talk)).toEqual([]);
    expect(links(bot)).toEqual([kick('aaa')]);
  });

  it('[I40] [I15] gives a sign to who posts too many links, and to nobody else', async () => {
    const discord = await startDiscord();
    const bot = await startBot(discord, { authorLimit: { messages: 1, windowMs: 60_000 } });
    const mallory = { author: { id: '66', username: 'mallory' } };
    const first = discord.post(STREET, kick('first'), mallory);
    const talk = discord.post(STREET, 'how is everybody?', mallory);
    const known = discord.post(STREET, kick('first'), mallory);
    const second = discord.post(STREET, `${kick('second')} ${kick('third')}`, mallory);
    const other = discord.post(STREET, kick('other'));
    await expect.poll(() => discord.reactionsTo(STREET, other)).toEqual(['✅']);
    await bot.worker.collector.idle();
    expect([first, talk, known, second].map((message) => discord.reactionsTo(STREET, message))).toEqual([
      ['✅'],
      [],
      ['🔁'],
      ['🐌'],
    ]);
    expect(links(bot)).toEqual([kick('first'), kick('other')]);
  });

  it('[I41] reads edits, forwards, threads and, where they are allowed, other bots’ own embeds', async () => {
    const discord = await startDiscord();
    const bot = await startBot(discord);
    const robot = { id: '88', username: 'relay', bot: true };
    const id = discord.post(STREET, 'where is he?');
    discord.edit(STREET, id, 'here: kick.com/edited');
    discord.post(STREET, '', { message_snapshots: [{ message: { content: 'kick.com/forwarded' } }] });
    discord.post(discord.openThread(STREET), 'kick.com/threaded');
    discord.post(STREET, 'kick.com/robot', { author: robot });
    discord.post(NEWS, '', {
      author: robot,
      embeds: [{ type: 'rich', description: 'see kick.com/embedded' }],
    });
    discord.post(NEWS, 'look', {
      embeds: [{ type: 'video', description: 'my other channel kick.com/promoted' }],
    });
    discord.post(NEWS, '', { type: 7, content: 'kick.com/joined' });
    const last = discord.post(NEWS, 'kick.com/last');
    await expect.poll(() => discord.reactionsTo(NEWS, last)).toEqual(['✅']);
    await expect
      .poll(() => links(bot))
      .toEqual(['edited', 'embedded', 'forwarded', 'last', 'threaded'].map(kick));
    expect(discord.reactionsTo(STREET, id)).toEqual(['✅']);
  });

  it('[I40] [I10] keeps to the rules of each channel', async () => {
    const discord = await startDiscord();
    const bot = await startBot(
      discord,
      {},
      {
        channels: [
          { id: STREET, react: false, threads: false, directMedia: true, city: 'Oakland', region: 'CA' },
          { id: NEWS, moderated: true, bots: ['88'], tags: ['news'] },
        ],
      },
    );
    const unanswered = discord.post(STREET, 'https://cam.example/a.m3u8');
    discord.post(discord.openThread(STREET), 'kick.com/threaded');
    discord.post(NEWS, 'kick.com/stranger', { author: { id: '99', username: 'other', bot: true } });
    discord.post(NEWS, 'https://cam.example/b.m3u8');
    const relayed = discord.post(NEWS, 'kick.com/relayed', {
      author: { id: '88', username: 'relay', bot: true },
    });
    await expect.poll(() => discord.reactionsTo(NEWS, relayed)).toEqual(['🕒']);
    const found = [...bot.worker.replica.catalogue().streams.values()];
    expect(found.find(({ link }) => link.includes('cam.example'))).toMatchObject({ city: 'Oakland' });
    expect(found.find(({ source }) => source === 'relayed')).toMatchObject({
      moderation: 'waiting',
      tags: ['news'],
    });
    expect(found).toHaveLength(2);
    expect(discord.reactionsTo(STREET, unanswered)).toEqual([]);
  });

  it('[I42] after any downtime reads everything since, in order, edits and closed threads included', async () => {
    const discord = await startDiscord();
    const on = newDisk();
    const before = discord.post(STREET, 'kick.com/beforeitcame');
    const first = await startBot(discord, on);
    const edited = discord.post(STREET, 'soon');
    const known = discord.post(STREET, 'kick.com/aaa');
    await expect.poll(() => discord.reactionsTo(STREET, known)).toEqual(['✅']);
    await first.stop();
    const missed = Array.from({ length: 230 }, (_, i) => discord.post(STREET, `kick.com/m${i % 200}`));
    discord.edit(STREET, edited, 'now: kick.com/edited');
    const thread = discord.openThread(NEWS);
    const threaded = discord.post(thread, 'kick.com/threaded');
    const closed = discord.openThread(STREET);
    const inClosed = discord.post(closed, 'kick.com/closed');
    discord.closeThread(closed);
    const second = await startBot(discord, on);
    await expect.poll(() => discord.reactionsTo(STREET, missed[229]!)).toEqual(['🔁']);
    await expect.poll(() => discord.reactionsTo(STREET, edited)).toEqual(['✅']);
    await expect.poll(() => discord.reactionsTo(thread, threaded)).toEqual(['✅']);
    await expect.poll(() => discord.reactionsTo(closed, inClosed)).toEqual(['✅']);
    expect(missed.map((id) => discord.reactionsTo(STREET, id).join())).toEqual(
      missed.map((_, i) => (i < 200 ? '✅' : '🔁')),
    );
    expect(discord.reactionsTo(STREET, before)).toEqual([]);
    expect(links(second)).toHaveLength(204);
  });

  it('[I43] goes on after a broken line in the middle of a burst of 500, by resuming, each link once', async () => {
    const discord = await startDiscord();
    const bot = await startBot(discord);
    const ids = Array.from({ length: 500 }, (_, i) => {
      if (i === 250) discord.breakLine();
      return discord.post(STREET, `kick.com/b${i}`);
    });
    await expect.poll(() => discord.reactionsTo(STREET, ids[499]!)).toEqual(['✅']);
    await bot.worker.collector.idle();
    expect(discord.resumes()).toBe(1);
    expect(links(bot)).toHaveLength(500);
    expect(ids.filter((id) => discord.reactionsTo(STREET, id).join() !== '✅')).toEqual([]);
  });

  it('[I43] finds by itself what an invalid session and lost events kept from it', async () => {
    const discord = await startDiscord();
    const bot = await startBot(discord);
    discord.setDeaf(true);
    const lost = discord.post(STREET, 'kick.com/lost');
    discord.setDeaf(false);
    discord.breakLine({ forget: true });
    const meanwhile = discord.post(STREET, 'kick.com/meanwhile');
    await expect.poll(() => discord.identifies()).toBe(2);
    await expect.poll(() => discord.reactionsTo(STREET, lost)).toEqual(['✅']);
    await expect.poll(() => discord.reactionsTo(STREET, meanwhile)).toEqual(['✅']);
    expect(links(bot)).toEqual(['lost', 'meanwhile'].map(kick));
  });

  it('[I44] keeps to Discord’s limits: what is answered 429 is said again when it may be', async () => {
    const discord = await startDiscord();
    const bot = await startBot(discord);
    discord.limitNext(5);
    const ids = Array.from({ length: 10 }, (_, i) => discord.post(STREET, `kick.com/l${i}`));
    await bot.worker.collector.receive([]);
    await expect
      .poll(() => ids.map((id) => discord.reactionsTo(STREET, id).join()))
      .toEqual(ids.map(() => '✅'));
  });

  it('[I45] answers commands like messages, and says what is wrong with a link', async () => {
    const discord = await startDiscord();
    const bot = await startBot(discord);
    const ask = (options: object[], more?: object) => askCommand(discord, options, more);
    expect(await ask(add('kick.com/aaa https://youtu.be/dQw4w9WgXcQ'))()).toMatch(
      /Added: <https:\/\/kick.*\n.*Added: <https:\/\/www\.youtube/,
    );
    expect(await ask(add('kick.com/aaa'))()).toMatch(/already/);
    expect(await ask(add('https://www.twitch.tv/videos/1'))()).toMatch(/recording/);
    expect(await ask(add('kick.com/bbb'), { channel_id: POSTS })()).toMatch(/does not listen/);
    expect(
      await ask([{ type: 1, name: 'status', options: [{ type: 3, name: 'stream', value: 'aaa' }] }])(),
    ).toMatch(/\*\*aaa\*\*.*unknown/);
    expect(await ask([])()).toMatch(/not allowed to see a wall/);
    expect(links(bot)).toHaveLength(2);
    expect(discord.calls.filter(({ path }) => path.endsWith('/commands'))).toHaveLength(1);
  });

  it('[I45] [I21] answers a command after a restart, media links like in messages', async () => {
    const discord = await startDiscord();
    const on = newDisk();
    const channels = [{ id: STREET, directMedia: true }];
    const first = await startBot(discord, on, { channels }, { settled: () => new Promise(() => undefined) });
    const answered = askCommand(discord, add('https://cam.example/a.m3u8'));
    await expect.poll(() => links(first)).toEqual(['https://cam.example/a.m3u8']);
    await first.stop();
    await startBot(discord, on, { channels });
    expect(await answered()).toMatch(/Added: <https:\/\/cam\.example\/a\.m3u8>/);
  });

  it('[I46] says once that there can be no connection with this token', async () => {
    const discord = await startDiscord();
    discord.setToken('another');
    const platform = createDiscordPlatform(
      { config: DiscordConfig.parse({ channels: [{ id: STREET }], api: discord.api }), token: discord.token },
      {
        catalogue: (await startTestWorker()).replica.catalogue,
        ...{ wall: () => undefined, listen: () => Promise.resolve(undefined), mark: () => undefined },
        ...{ clock: systemClock, timers: systemTimers, logger: quiet },
      },
    );
    stops.push(() => platform.stop());
    expect(await platform.start({ receive: () => Promise.resolve(), kick: () => undefined })).toMatch(
      /token/,
    );
  });
});
