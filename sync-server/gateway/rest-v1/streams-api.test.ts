import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createStreamReads } from '../../projection/stream-reads.ts';
import { readExport } from './bulk-endpoints.ts';
import { startTestRest, uniqueName, type Json, type TestRest } from './test-rest.ts';

let rest: TestRest;
let [operator, viewer, bot] = ['', '', ''];

beforeAll(async () => {
  rest = await startTestRest();
  operator = await rest.person('olga@example.org', 'operator');
  viewer = await rest.person('vic@example.org', 'viewer');
  bot = await rest.key('service');
});
afterAll(async () => rest.end());

const add = async (fields: object = {}, token = operator): Promise<Json> => {
  const link = `https://www.twitch.tv/${uniqueName()}`;
  const { status, json, text } = await rest.ask('POST', '/api/v1/streams', {
    token,
    body: { link, ...fields },
  });
  expect(status, text).toBe(201);
  return json['stream'] as Json;
};

describe('streams', () => {
  it('are added, shown, changed and removed in StreamSource’s shapes', async () => {
    const stream = await add({
      source: 'Olga',
      city: 'Austin',
      state: 'TX',
      status: 'Live',
      kind: 'video',
      title: 'A',
    });
    expect(stream).toMatchObject({
      ...{
        source: 'Olga',
        status: 'live',
        statusDetail: 'live',
        platform: 'twitch',
        city: 'Austin',
        state: 'TX',
      },
      ...{ kind: 'video', is_pinned: false, is_archived: false, orientation: null },
      user: { id: expect.any(Number) as unknown, email: 'olga@example.org', role: 'editor' },
    });
    const path = `/api/v1/streams/${String(stream['id'])}`;
    const changed = await rest.ask('PATCH', path, {
      token: operator,
      body: { status: 'offline', title: null },
    });
    expect(changed.json['stream']).toMatchObject({ id: stream['id'], status: 'offline', title: null });
    expect((await rest.ask('PUT', `${path}/pin`, { token: operator })).json['stream']).toMatchObject({
      is_pinned: true,
    });
    expect((await rest.ask('DELETE', `${path}/pin`, { token: operator })).json['stream']).toMatchObject({
      is_pinned: false,
    });
    expect((await rest.ask('GET', path, { token: viewer })).json['stream']).toMatchObject({ title: null });
    expect((await rest.ask('DELETE', path, { token: operator })).status).toBe(204);
    expect((await rest.ask('GET', path, { token: operator })).status).toBe(404);
    expect((await rest.ask('DELETE', path, { token: operator })).status).toBe(404);
  });

  it('show `gone` as offline and `upcoming` as unknown, and say exactly beside it', async () => {
    const stream = await add({ status: 'gone' });
    expect(stream).toMatchObject({ status: 'offline', statusDetail: 'gone' });
    const path = `/api/v1/streams/${String(stream['id'])}`;
    const { json } = await rest.ask('PATCH', path, { token: bot, body: { stream: { status: 'upcoming' } } });
    expect(json['stream']).toMatchObject({ status: 'unknown', statusDetail: 'upcoming' });
  });

  it('are one for one link, however it is written and whoever adds it at once', async () => {
    const name = uniqueName();
    const links = [
      `https://twitch.tv/${name}`,
      `http://www.twitch.tv/${name}/`,
      `https://m.twitch.tv/${name}?x=1`,
    ];
    const other = await rest.another();
    const replies = await Promise.all(
      [...links, ...links, ...links].map(async (link, i) =>
        rest.ask('POST', '/api/v1/streams', {
          ...{ token: i % 2 === 0 ? operator : bot, body: { link } },
          ...(i % 3 === 0 ? { at: other } : {}),
        }),
      ),
    );
    expect(new Set(replies.map(({ json }) => json['stream']?.['id'])).size).toBe(1);
    const found = await rest.ask('GET', `/api/v1/streams?link=${encodeURIComponent(links[1] ?? '')}`, {
      token: bot,
    });
    expect(found.json['streams']).toHaveLength(1);
    expect(found.json['meta']).toMatchObject({ total_count: 1, current_page: 1 });
  });

  it('are new to one of those who add it on several instances at once', async () => {
    const others = [await rest.another(), await rest.another()];
    // Each instance has read what is stored, so that none of them sees the others' while it decides.
    for (const at of others) await rest.ask('GET', '/api/v1/streams', { token: operator, at });
    const adding = async (): Promise<readonly string[]> => {
      const body = { link: `https://www.twitch.tv/${uniqueName()}` };
      const replies = await Promise.all(
        [rest.server, ...others].flatMap((at) =>
          [operator, bot].map(async (token) => rest.ask('POST', '/api/v1/streams', { token, body, at })),
        ),
      );
      return replies.map(({ status }) => String(status)).toSorted();
    };
    for (let i = 0; i < 10; i += 1)
      expect(await adding()).toEqual(['200', '200', '200', '200', '200', '201']);
  });

  it('are narrowed by nothing that a form leaves empty, and by no time that is not in the calendar', async () => {
    const source = uniqueName();
    await add({ source });
    const list = async (query: string) => rest.ask('GET', `/api/v1/streams?${query}`, { token: operator });
    const names = ['status', 'platform', 'kind', 'user_id', 'is_pinned', 'is_archived', 'updated_since'];
    const empty = [...names, 'sort', 'page', 'per_page'].map((name) => `${name}=`).join('&');
    const found = await list(`source=${source}&${empty}`);
    expect([found.status, found.json['meta']?.['total_count']]).toEqual([200, 1]);
    expect((await list('link=')).json['streams']).toEqual([]);
    for (const time of ['2026-02-31', '2026-02-29T10:00:00Z', '2026-06-31 10:00:00 UTC', '2026-01-01T24:30'])
      expect([time, (await list(`updated_since=${encodeURIComponent(time)}`)).status]).toEqual([time, 422]);
    for (const time of ['2024-02-29', '2026-01-31T23:30:00-05:00', '2026-01-01T00:15+0530'])
      expect([time, (await list(`updated_since=${encodeURIComponent(time)}`)).status]).toEqual([time, 200]);
  });

  it('are exported each once, whatever is added, changed and removed meanwhile', async () => {
    const source = uniqueName();
    const added = [];
    for (const title of ['a', 'b', 'c', 'd', 'e', 'f']) added.push(await add({ title, source }));
    const ids = added.map(({ id }) => Number(id));
    const { sql } = rest.store;
    if (sql === undefined) throw new Error('there are no tables');
    const pages = readExport(createStreamReads(sql), { source }, 'title', false, 2);
    const seen = ((await pages.next()).value ?? []).map(({ id }) => id);
    await rest.ask('DELETE', `/api/v1/streams/${String(ids[0])}`, { token: operator });
    await rest.ask('PATCH', `/api/v1/streams/${String(ids[1])}`, { token: operator, body: { title: 'z' } });
    await add({ title: 'aa', source });
    for await (const page of pages) seen.push(...page.map(({ id }) => id));
    expect(seen).toEqual(ids);
  });

  it('can be read on any instance as soon as they are written', async () => {
    const other = await rest.another();
    const { id } = await add({ title: 'first' });
    const path = `/api/v1/streams/${String(id)}`;
    for (const title of ['second', 'third']) {
      await rest.ask('PATCH', path, { token: operator, body: { title }, at: other });
      for (const at of [rest.server, other])
        expect((await rest.ask('GET', path, { token: operator, at })).json['stream']).toMatchObject({
          title,
        });
    }
  });
});
