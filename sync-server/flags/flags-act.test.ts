import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '#shared/kernel/clock.ts';
import { ActorId } from '#shared/model/ids.ts';
import { addStream, linkOf, must, titleStream } from '#shared/replica/test-replica.ts';
import { createInMemoryKeyStore } from '../accounts/in-memory-key-store.ts';
import { makeKey } from '../accounts/service-key.ts';
import type { SyncServer } from '../create-sync-server.ts';
import { connectPlainClient, putStream } from '../documents/test-plain-client.ts';
import { LogUnavailable } from '../documents/update-log.ts';
import { createTestTeam, type TestDesk, type TestTeam } from '../test-team.ts';
import { createInMemoryFlagStore } from './in-memory-flag-store.ts';
import { Switchboard } from './switchboard.ts';

let team: TestTeam;
let servers: readonly [SyncServer, SyncServer];
let admin: string;
beforeEach(async () => {
  team = createTestTeam();
  servers = [await team.start(), await team.start()];
  admin = await team.key('admin');
});
afterEach(() => team.end());

const until = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 20_000, interval: 20 });
const lineOf = ({ sync }: TestDesk) => sync.state().line;
const has = ({ replica }: TestDesk, name: string): boolean =>
  [...replica.catalogue().streams.values()].some(({ link }) => link === linkOf(name));

const titleOf = ({ replica }: TestDesk): string | undefined =>
  [...replica.catalogue().streams.values()].find(({ link }) => link === linkOf('before'))?.title;

async function ask(
  method: string,
  path: string,
  options: { at?: number; token?: string; body?: unknown } = {},
) {
  const { at = 0, token = admin, body = {} } = options;
  const response = await fetch(`${String(servers[at]?.url)}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(method === 'GET' ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const json: unknown = text === '' ? undefined : JSON.parse(text);
  return { status: response.status, headers: response.headers, json };
}

describe('switching', () => {
  it('[FL4] a bot that is switched off is told so on every instance, and nothing of it is taken until it is on again', async () => {
    const key = await team.key('service');
    const id = String(/^swk_([a-z0-9]+)_/.exec(key)?.[1]);
    const ben = await team.desk(servers[0].url, await team.key('operator'));
    const bot = await team.desk(servers[1].url, key, { role: 'service' });
    await until(() => expect([lineOf(ben).type, lineOf(bot).type]).toEqual(['in-step', 'in-step']));
    const thrown = await ask('PUT', `/admin/switches/bot/${id}`, { body: { words: 'runs wild' } });
    expect(thrown.status).toBe(200);
    await until(async () =>
      expect((await ask('GET', '/switches', { at: 1, token: key })).json).toMatchObject({
        paused: { reason: 'switched-off', words: 'runs wild' },
      }),
    );
    must(await bot.replica.send(addStream('wild')));
    must(await ben.replica.send(addStream('calm')));
    await until(() => {
      const line = lineOf(bot);
      expect(line.type === 'held' ? line.words : line.type).toContain('switched this bot off');
    });
    await until(() => expect(has(bot, 'calm')).toBe(true));
    expect(has(ben, 'wild')).toBe(false);
    const written = await ask('POST', '/keys', { at: 1, token: key });
    expect([written.status, written.json]).toMatchObject([503, { code: 'switched-off' }]);
    expect((await ask('DELETE', `/admin/switches/bot/${id.toUpperCase()}`)).status).toBe(204);
    await until(() => expect(has(ben, 'wild')).toBe(true));
  });

  it('[FL8] of a platform that is switched off nothing new is taken from desks, bots and plain clients, and what is there goes on', async () => {
    const key = await team.key('operator');
    const ana = await team.desk(servers[0].url, key);
    const bot = await team.desk(servers[1].url, await team.key('service'), { role: 'service' });
    await until(() => expect([lineOf(ana).type, lineOf(bot).type]).toEqual(['in-step', 'in-step']));
    must(await ana.replica.send(addStream('before')));
    await until(() => expect(has(bot, 'before')).toBe(true));
    // A slip of the pen would switch nothing off, and be believed.
    expect((await ask('PUT', '/admin/switches/platform/twich', { body: {} })).status).toBe(422);
    await ask('PUT', '/admin/switches/platform/Twitch', { body: { words: 'floods us' } });
    const platforms = async () =>
      Object.keys(((await ask('GET', '/switches', { at: 1 })).json as { platforms: object }).platforms);
    await until(async () => expect(await platforms()).toEqual(['twitch']));
    const reason = 'An admin has switched twitch off: nothing new of it is taken.';
    for (const [desk, name] of [
      [ana, 'fresh'],
      [bot, 'found'],
    ] as const) {
      must(await desk.replica.send(addStream(name)));
      await until(async () =>
        expect(must(await desk.replica.refused()).map((refused) => refused.reason)).toEqual([reason]),
      );
      await until(() => expect(has(desk, name)).toBe(false));
      must(await desk.replica.send(titleStream('before', `by ${name}`)));
      await until(() => expect([titleOf(ana), titleOf(bot)]).toEqual([`by ${name}`, `by ${name}`]));
    }
    const plain = connectPlainClient(servers[0].url, { token: key }, 'catalogue');
    team.onEnd(plain.end);
    await until(() => expect(plain.provider.doc.getMap('streams').size).toBe(1));
    putStream(plain.provider.doc, 'https://www.twitch.tv/plain');
    await until(() => expect(plain.closes).toContain('4403 platform-switched-off'));
    plain.provider.disconnect();
    await ask('DELETE', '/admin/switches/platform/twitch');
    await until(async () => expect(await platforms()).toEqual([]));
    must(await bot.replica.send(addStream('found')));
    await until(() => expect(has(ana, 'found')).toBe(true));
    expect([has(ana, 'fresh'), has(ana, 'plain')]).toEqual([false, false]);
  });

  it('[FL5] in maintenance reads and presence go on and writes wait, on every instance', async () => {
    const key = await team.key('operator');
    const ana = await team.desk(servers[1].url, key);
    const ben = await team.desk(servers[0].url, await team.key('operator'));
    await until(() => expect([lineOf(ana).type, lineOf(ben).type]).toEqual(['in-step', 'in-step']));
    await ask('PUT', '/admin/maintenance', { body: { words: 'new disks', minutes: 2 } });
    await until(async () => {
      const held = await ask('POST', '/keys', { at: 1, body: { label: 'x' } });
      expect([held.status, held.json]).toMatchObject([503, { code: 'maintenance', maintenance: true }]);
      expect(Number(held.headers.get('retry-after'))).toBeGreaterThan(60);
    });
    must(await ana.replica.send(addStream('later')));
    await until(() => expect(lineOf(ana).type).toBe('held'));
    expect((await ask('GET', '/keys', { at: 1 })).status).toBe(200);
    ana.sync.presence('catalogue').setOwn({ name: 'Ana' });
    const others = () => [...ben.sync.presence('catalogue').others().values()];
    await until(() => expect(others()).toContainEqual({ name: 'Ana' }));
    expect(has(ben, 'later')).toBe(false);
    expect((await ask('DELETE', '/admin/maintenance', { at: 1 })).status).toBe(204);
    await until(() => expect(has(ben, 'later')).toBe(true));
  });

  it('[FL3] what is switched acts on the other instance within two seconds, also without Redis', async () => {
    const feature = { on: true, roles: ['admin'], everybody: false, words: 'try it' };
    expect((await ask('PUT', '/admin/flags/new-list', { body: feature })).status).toBe(200);
    await until(async () =>
      expect((await ask('GET', '/switches', { at: 1 })).json).toMatchObject({
        features: { 'new-list': true },
      }),
    );
    await ask('PUT', '/admin/flags/new-list', { at: 1, body: { on: false } });
    expect((await ask('GET', '/admin/flags', { at: 1 })).json).toMatchObject({
      flags: [{ name: 'new-list', rule: { on: false, everybody: false, roles: ['admin'] } }],
    });
    await until(async () =>
      expect((await ask('GET', '/switches')).json).toMatchObject({ features: { 'new-list': false } }),
    );
  });

  it('[FL6] only admins switch, and what cannot be a flag is refused', async () => {
    const operator = await team.key('operator');
    for (const [method, path] of [
      ['GET', '/admin/flags'],
      ['PUT', '/admin/flags/x'],
      ['DELETE', '/admin/flags/x'],
      ['PUT', '/admin/switches/bot/x'],
      ['DELETE', '/admin/switches/bot/x'],
      ['PUT', '/admin/maintenance'],
      ['DELETE', '/admin/maintenance'],
    ] as const)
      expect([path, (await ask(method, path, { token: operator })).status]).toEqual([path, 403]);
    const wrong = [
      await ask('PUT', '/admin/flags/Not%20so', { body: { on: true } }),
      await ask('PUT', '/admin/flags/x', { body: { percent: 101 } }),
      await ask('PUT', '/admin/switches/planet/x'),
      await ask('PUT', '/admin/switches/bot/%00'),
      await ask('PUT', '/admin/maintenance', { body: { minutes: -1 } }),
      await ask('PUT', '/admin/maintenance', { body: { on: false } }),
      await ask('PUT', '/admin/switches/platform/kick', { body: { on: false } }),
    ];
    expect(wrong.map(({ status }) => status)).toEqual([422, 422, 422, 404, 422, 422, 422]);
    expect((await ask('DELETE', '/admin/maintenance')).status).toBe(404);
  });
});

describe('a switchboard', () => {
  it('[FL3] keeps to what it knew while the database is away', async () => {
    const store = createInMemoryFlagStore();
    const { stored } = makeKey({ role: 'service', grants: [], label: 'Discord' }, systemClock.nowMs());
    const keys = createInMemoryKeyStore();
    await keys.add(stored);
    let isAway = false;
    const board = new Switchboard({
      keys,
      store: {
        ...store,
        list: async () => (isAway ? Promise.reject(new LogUnavailable('away')) : store.list()),
      },
    });
    const by = ActorId.parse('user:ana');
    await board.put({ setting: { type: 'kill', kind: 'bot', name: 'discord', words: '' }, atMs: 1, by });
    isAway = true;
    await store.remove('bot:discord');
    await expect(board.refresh()).rejects.toBeInstanceOf(LogUnavailable);
    const actor = ActorId.parse(`service:${stored.id}`);
    expect(board.pauseOf(actor)).toEqual({ reason: 'switched-off', words: '' });
    isAway = false;
    await board.refresh();
    expect(board.pauseOf(actor)).toBeUndefined();
  });
});
