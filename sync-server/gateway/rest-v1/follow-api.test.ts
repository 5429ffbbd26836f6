import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { systemClock } from '#shared/kernel/clock.ts';
import { createStampClock } from '#shared/kernel/stamp.ts';
import { Link } from '#shared/model/stream.ts';
import { streamIdOf } from '#shared/model/stream-url.ts';
import { follow as followAt } from './test-follow.ts';
import { startTestRest, uniqueName, type Json, type TestRest } from './test-rest.ts';

/** What the server does by itself, and what makes asking again harmless. */
let rest: TestRest;
let [admin, operator, reader] = ['', '', ''];

beforeAll(async () => {
  rest = await startTestRest({ archiveAfterMinutes: 0.005 }, (ms) => (ms === 15_000 ? 100 : ms));
  admin = await rest.person('ada@example.org', 'admin');
  operator = await rest.person('olga@example.org', 'operator');
  reader = await rest.key('viewer');
});
afterAll(async () => {
  await rest.end();
});

const at = '/api/v1/streams';
const add = async (fields: object = {}): Promise<Json> => {
  const body = { link: `https://www.twitch.tv/${uniqueName()}`, ...fields };
  return (await rest.ask('POST', at, { token: operator, body })).json['stream'] as Json;
};
const one = (stream: Json): string => `${at}/${String(stream['id'])}`;
const until = async (check: () => Promise<void> | void) =>
  vi.waitFor(check, { timeout: 20_000, interval: 30 });

const follow = async (query: string) => followAt(rest.server.url, query, reader);

describe('asking again', () => {
  it('answers with an ETag, and with nothing new when nothing is', async () => {
    const stream = await add();
    const first = await rest.ask('GET', one(stream), { token: operator });
    const etag = first.headers.get('etag') ?? '';
    const again = async () =>
      rest.ask('GET', one(stream), { token: operator, headers: { 'if-none-match': etag } });
    expect((await again()).status).toBe(304);
    await rest.ask('PATCH', one(stream), { token: operator, body: { title: 'new' } });
    expect((await again()).status).toBe(200);
    for (const title of ['short', 'long']) await add({ title: title.repeat(100) });
    const list = await rest.ask('GET', `${at}?per_page=100&is_archived=false`, {
      token: admin,
      headers: { 'accept-encoding': 'gzip' },
    });
    expect(list.headers.get('content-encoding')).toBe('gzip');
  });

  it('does once what comes twice under one Idempotency-Key, and refuses the key for anything else', async () => {
    const headers = { 'idempotency-key': uniqueName() };
    const body = { name: uniqueName() };
    const ask = async (sent: object) =>
      rest.ask('POST', '/api/v1/streamers', { token: operator, body: sent, headers });
    const first = await ask(body);
    const second = await ask(body);
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.json).toEqual(first.json);
    expect(second.headers.get('idempotent-replayed')).toBe('true');
    expect((await ask({ name: uniqueName() })).json).toMatchObject({ code: 'idempotency-key-reused' });
  });
});

describe('what the server does by itself', () => {
  it('archives what is over, brings it back when it is live, and leaves the document alone', async () => {
    const follower = await follow('');
    const stream = await add({ status: 'live' });
    await rest.ask('PATCH', one(stream), { token: operator, body: { status: 'offline' } });
    const archived = async () =>
      (await rest.ask('GET', one(stream), { token: reader })).json['stream']?.['is_archived'];
    await until(async () => expect(await archived()).toBe(true));
    const key = String(stream['streamKey']);
    const listed = async (query: string) =>
      (await rest.ask('GET', `${at}?link=${String(stream['link'])}&${query}`, { token: operator })).json[
        'streams'
      ]?.map(({ streamKey }) => streamKey);
    expect([await listed('is_archived=true'), await listed('is_archived=false')]).toEqual([[key], []]);
    await until(() =>
      expect(follower.told()).toMatch(new RegExp(`event: stream\\.archived\\ndata: .*"key":"${key}"`)),
    );
    await rest.ask('PATCH', one(stream), { token: operator, body: { status: 'live' } });
    expect(await archived()).toBe(false);
    follower.end();
    await until(async () => {
      const { json } = await rest.ask(
        'GET',
        `/api/v1/admin/audit?target=catalogue/streams/${key}&via=server`,
        {
          token: admin,
        },
      );
      expect(json['entries']).toMatchObject([
        { action: 'brought-back', actor: 'rule:lifecycle', after: { is_archived: false } },
        { action: 'archived', before: { is_archived: false }, after: { is_archived: true } },
      ]);
    });
    // Who was away hears of it all the same.
    const first = [...follower.told().matchAll(/^id: (\S+)$/gm)][0]?.[1];
    const again = await follow(`?since=${String(first)}`);
    await until(() => expect(again.told()).toMatch(new RegExp(`stream\\.archived\\ndata: .*"key":"${key}"`)));
    again.end();
  });

  it('refuses what a rule of the ignore lists speaks of, also what was there before', async () => {
    const name = uniqueName();
    const stream = await add({ link: `https://www.twitch.tv/${name}` });
    await rest.ask('POST', '/api/v1/ignore_lists', {
      token: operator,
      body: { ignore_list: { list_type: 'twitch_user', value: name } },
    });
    await until(async () => {
      const { json } = await rest.ask('GET', one(stream), { token: reader });
      expect(json['stream']).toMatchObject({ moderation: 'refused', is_archived: true });
    });
  });

  it('[FL7] takes nothing new of a platform that is switched off, says why, and leaves what is there', async () => {
    const link = (): string => `https://kick.com/${uniqueName()}`;
    const there = await add({ link: link() });
    const platform = '/api/v1/admin/switches/platform/Kick';
    await rest.ask('PUT', platform, { token: admin, body: { words: 'floods us' } });
    const [refused, kept, changed, imported] = await Promise.all([
      rest.ask('POST', at, { token: operator, body: { stream: { link: link() } } }),
      rest.ask('POST', at, { token: operator, body: { stream: { link: there['link'], title: 'again' } } }),
      rest.ask('PATCH', one(there), { token: operator, body: { city: 'Austin' } }),
      rest.ask('POST', `${at}/bulk_import`, { token: operator, body: { streams: [{ link: link() }] } }),
    ]);
    expect([refused.status, kept.status, changed.status]).toEqual([422, 200, 200]);
    expect(refused.json).toMatchObject({ code: 'platform-switched-off' });
    expect(refused.json['error']).toContain('floods us');
    expect(imported.json['rows']).toMatchObject([{ result: 'failed' }]);
    await rest.ask('DELETE', platform, { token: admin });
    expect((await rest.ask('POST', at, { token: operator, body: { stream: { link: link() } } })).status).toBe(
      201,
    );
  });

  it('goes on with a streamer’s last broadcast, under the id that was there first', async () => {
    const streamer_name = uniqueName();
    const link = () => `https://www.youtube.com/watch?v=${uniqueName().slice(0, 11)}`;
    const first = await add({ link: link(), streamer_name, status: 'live' });
    await rest.ask('PATCH', one(first), { token: operator, body: { status: 'offline' } });
    const second = await add({ link: link(), streamer_name, status: 'live' });
    await until(async () => {
      const { json } = await rest.ask('GET', one(second), { token: reader });
      expect(json['stream']).toMatchObject({ id: first['id'], status: 'live' });
    });
  });
});

describe('the tables', () => {
  it('are made anew with the same integer ids', async () => {
    const stream = await add({ title: 'stays' });
    await rest.store.sql?.query("DELETE FROM catalogue_streams WHERE body->>'title' = 'stays'");
    await rest.store.sql?.query("UPDATE projection SET number = -1 WHERE document = 'catalogue'");
    const rebuilt = await rest.ask('POST', '/api/v1/tables/rebuild', { token: admin });
    expect(rebuilt.status).toBe(200);
    const same = await rest.ask('GET', one(stream), { token: reader });
    expect(same.json['stream']).toMatchObject({ id: stream['id'], title: 'stays' });
    const other = await rest.another();
    const again = await rest.ask('GET', one(stream), { token: reader, at: other });
    expect(again.json['stream']).toMatchObject({ id: stream['id'], title: 'stays' });
  });

  it('hold what is in the archive, and bring it back when it is changed', async () => {
    const link = `https://www.twitch.tv/${uniqueName()}`;
    const key = streamIdOf(Link.parse(link));
    const birth = createStampClock(systemClock, 'archived').next();
    const fields = { link, platform: 'twitch', code: uniqueName().slice(0, 12), title: 'of old' };
    const stored = Object.entries(fields).map(([name, value]) => [name, { value, stamp: birth }]);
    const record = { births: [birth], fields: Object.fromEntries(stored) as Record<string, never> };
    await rest.store.archive.put([{ id: `streams/${key}`, atMs: Date.now(), record }]);
    const name = link.split('/').at(-1) ?? '';
    const found = await rest.ask('GET', `/api/v1/archive?text=old%20${name}&from=2020-01-01`, {
      token: reader,
    });
    expect(found.json).toEqual({
      total: 1,
      records: [expect.objectContaining({ id: `streams/${key}`, record })],
    });
    const none = await rest.ask('GET', `/api/v1/archive?text=old%20${name}&until=2020-01-01`, {
      token: reader,
    });
    expect(none.json).toEqual({ total: 0, records: [] });
    expect((await rest.ask('GET', '/api/v1/archive')).status).toBe(401);
    await rest.ask('POST', '/api/v1/tables/rebuild', { token: admin });
    const path = `${at}/${key}`;
    const before = (await rest.ask('GET', path, { token: reader })).json['stream'];
    expect(before).toMatchObject({ title: 'of old', is_archived: true });
    const changed = await rest.ask('PATCH', path, { token: operator, body: { notes: 'again' } });
    expect(changed.json['stream']).toMatchObject({
      id: before?.['id'],
      title: 'of old',
      notes: 'again',
      is_archived: false,
    });
    expect((await rest.ask('DELETE', path, { token: operator })).status).toBe(204);
    await rest.ask('POST', '/api/v1/tables/rebuild', { token: admin });
    expect((await rest.ask('GET', path, { token: reader })).status).toBe(404);
  });

  it('serve original Streamwalls a bare list, under a key that may write nothing', async () => {
    const stream = await add({ label: 'Corner', status: 'live' });
    const feed = await rest.ask('GET', `/api/v1/streams.json?key=${reader}`);
    const entry = (feed.json as readonly Json[]).find(({ link }) => link === stream['link']);
    expect(entry).toMatchObject({ kind: 'video', label: 'Corner', status: 'Live' });
    const writing = await rest.key('service');
    expect((await rest.ask('GET', `/api/v1/streams.json?key=${writing}`)).status).toBe(403);
    expect((await rest.ask('GET', '/api/v1/streams.json')).status).toBe(401);
  });

  it('show walls with their tiles, and do on them what an operator says', async () => {
    const stream = await add();
    const made = await rest.ask('POST', '/api/v1/walls', { token: operator, body: { name: 'North' } });
    const path = `/api/v1/walls/${String(made.json['wall']?.['id'])}`;
    const command = {
      type: 'place-stream',
      tile: 'tile1',
      stream: stream['streamKey'],
      at: { x: 0, y: 0, w: 1, h: 1 },
    };
    const placed = await rest.ask('POST', `${path}/commands`, { token: operator, body: command });
    expect(placed.json['wall']).toMatchObject({
      name: 'North',
      tiles: [{ stream_id: stream['id'], place: { x: 0 } }],
    });
    expect((await rest.ask('POST', `${path}/commands`, { token: reader, body: command })).status).toBe(403);
    const history = await rest.ask('GET', '/api/v1/history/catalogue?limit=2', { token: reader });
    expect(history.json['entries']).toHaveLength(2);
    const latest = (history.json['entries'] as unknown as readonly Json[])[0];
    const since = Number(latest?.['number']) - 1;
    const done = await rest.ask('GET', `/api/v1/history/catalogue/changes?after=${since}&edits=1`, {
      token: reader,
    });
    const change = done.json['changes']?.[0];
    expect(change).toMatchObject({ actor: latest?.['actor'], name: latest?.['name'] });
    expect(typeof change?.['name']).toBe('string');
    expect(change?.['edits']).toHaveLength(1);
  });
});
