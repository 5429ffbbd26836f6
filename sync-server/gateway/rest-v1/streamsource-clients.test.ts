import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PASSWORD, startTestRest, uniqueName, type Json, type TestRest } from './test-rest.ts';

/** What the tools of StreamSource's suite send, word for word, and what theirs could not do. */
let rest: TestRest;
let [admin, operator, viewer, monitorBot, updaterBot] = ['', '', '', '', ''];

beforeAll(async () => {
  rest = await startTestRest();
  admin = await rest.person('ada@example.org', 'admin');
  operator = await rest.person('olga@example.org', 'operator');
  viewer = await rest.person('vic@example.org', 'viewer');
  monitorBot = await rest.key('service', ['ignore']);
  updaterBot = await rest.key('service');
});
afterAll(async () => rest.end());

const at = '/api/v1/streams';
const add = async (token: string, fields: object = {}): Promise<Json> => {
  const body = { link: `https://www.twitch.tv/${uniqueName()}`, ...fields };
  const reply = await rest.ask('POST', at, { token, body });
  expect(reply.status, reply.text).toBe(201);
  return reply.json['stream'] as Json;
};
const one = (stream: Json): string => `${at}/${String(stream['id'])}`;

describe('StreamSource’s clients', () => {
  it('log in, list, create, find by link, report a status and archive', async () => {
    const login = await rest.ask('POST', '/api/v1/login', {
      body: { user: { email: 'olga@example.org', password: PASSWORD } },
    });
    const token = String(login.json['token']);
    const link = `https://www.tiktok.com/@${uniqueName()}/live`;
    const created = await rest.ask('POST', at, {
      token,
      body: {
        source: 'Discord',
        link,
        status: 'Live',
        platform: 'TikTok',
        posted_by: 'ann',
        city: 'Austin',
        state: 'TX',
      },
    });
    expect(created.status).toBe(201);
    const id = created.json['stream']?.['id'];
    const listed = await rest.ask('GET', `${at}?page=1&per_page=100&is_archived=false`, { token });
    expect(listed.json['streams']?.map((stream) => stream['id'])).toContain(id);
    const found = await rest.ask('GET', `${at}?link=${encodeURIComponent(link)}`, { token });
    expect(found.json['streams']).toMatchObject([{ id, platform: 'tiktok', status: 'live' }]);
    const checkedAt = new Date().toISOString();
    const checked = await rest.ask('PATCH', `${at}/${String(id)}`, {
      token: updaterBot,
      body: { status: 'Offline', last_checked_at: checkedAt, last_live_at: checkedAt },
    });
    expect(checked.json['stream']).toMatchObject({
      status: 'offline',
      last_live_at: expect.any(String) as unknown,
    });
    const archived = await rest.ask('PATCH', `${at}/${String(id)}`, {
      token: updaterBot,
      body: { is_archived: true },
    });
    expect(archived.json['stream']).toMatchObject({ is_archived: true });
    const left = await rest.ask('GET', `${at}?is_archived=false&search=${String(id)}`, { token });
    expect(left.json['streams']).toEqual([]);
    expect((await rest.ask('DELETE', '/api/v1/logout', { token })).status).toBe(200);
  });

  it('read ignore lists and known cities, import rules, and are held to them', async () => {
    const domain = `${uniqueName()}.example`;
    const entries = [
      { list_type: 'domain', value: `www.${domain}` },
      { list_type: 'twitch_user', value: 'BadOne' },
      { list_type: 'nonsense', value: 'x' },
      { list_type: 'twitch_user', value: 'badone' },
    ];
    const bulk = await rest.ask('POST', '/api/v1/ignore_lists/bulk_create', {
      token: monitorBot,
      body: { entries },
    });
    expect(bulk.status).toBe(201);
    expect(bulk.json['created']).toHaveLength(2);
    expect(bulk.json['errors']).toHaveLength(2);
    const lists = await rest.ask('GET', '/api/v1/ignore_lists/by_type', { token: updaterBot });
    expect(lists.json).toMatchObject({
      twitch_users: ['badone'],
      domains: [domain],
      urls: [],
      discord_users: [],
    });
    for (const link of [`https://live.${domain}/a`, 'https://twitch.tv/BadOne'])
      for (const token of [monitorBot, operator, admin]) {
        const refused = await rest.ask('POST', at, { token, body: { link } });
        expect([refused.status, refused.json['code']], link).toEqual([422, 'ignored']);
      }
    const csv = await rest.ask('GET', '/api/v1/ignore_lists/export.csv', { token: operator });
    expect(csv.text.split('\r\n')[0]).toBe('list_type,value,notes');
    const cities = { location: { city: 'Tulsa', state_province: 'OK', country: 'USA', is_known_city: true } };
    const known = await rest.ask('POST', '/api/v1/locations', { token: operator, body: cities });
    expect(known.json['location']).toMatchObject({
      display_name: 'Tulsa, OK',
      normalized_name: 'tulsa, ok, usa',
    });
    expect((await rest.ask('POST', '/api/v1/locations', { token: operator, body: cities })).status).toBe(422);
    expect(
      (
        await rest.ask('POST', '/api/v1/locations', {
          token: updaterBot,
          body: { ...cities.location, city: 'X' },
        })
      ).status,
    ).toBe(403);
    const list = await rest.ask('GET', '/api/v1/locations/known_cities', { token: viewer });
    expect(list.json['locations']).toMatchObject([{ city: 'Tulsa', is_known_city: true, streams_count: 0 }]);
  });

  it('import many streams with a report for every row, and export them again', async () => {
    const link = `https://kick.com/${uniqueName()}`;
    const streams = [
      { link, platform: 'Kick', title: '=1+1' },
      { link: 'nonsense' },
      { link },
      { title: 'no link' },
    ];
    const report = await rest.ask('POST', `${at}/bulk_import`, { token: admin, body: { streams } });
    expect(report.json).toMatchObject({ imported: 2, total: 4, errors: [{ index: 1 }, { index: 3 }] });
    expect(report.json['rows']?.map((row) => row['result'])).toEqual([
      'created',
      'failed',
      'updated',
      'failed',
    ]);
    const exported = await rest.ask('GET', `${at}/export?search=${link.split('/').at(-1) ?? ''}`, {
      token: operator,
    });
    expect(exported.json).toMatchObject({
      count: 1,
      streams: [{ link, platform: 'kick', owner_email: 'ada@example.org' }],
    });
    const csv = await rest.ask('GET', `${at}/export?format=csv&link=${encodeURIComponent(link)}`, {
      token: operator,
    });
    expect(csv.text).toContain("'=1+1");
  });
});

describe('what StreamSource could not do', () => {
  it('lets two programs change what the other has added', async () => {
    const stream = await add(monitorBot);
    const reply = await rest.ask('PATCH', one(stream), { token: updaterBot, body: { status: 'live' } });
    expect(reply.json['stream']).toMatchObject({ status: 'live' });
  });

  it('answers what cannot be with 422 and one shape, and takes a link for one only where it is one', async () => {
    const bad: [string, string, unknown?][] = [
      ['GET', `${at}?status=flying`],
      ['GET', `${at}?page=0`],
      ['GET', `${at}?per_page=0`],
      ['GET', `${at}?sort=password`],
      ['POST', at, { link: 'javascript:alert(1)//http://x.example' }],
      ['POST', at, { link: 'https://kick.com/a', status: 'flying' }],
      ['POST', '/api/v1/ignore_lists/bulk_create', {}],
    ];
    for (const [method, path, body] of bad) {
      const reply = await rest.ask(method, path, { token: operator, body });
      expect(reply.status, `${method} ${path}`).toBe(422);
      expect(reply.json).toMatchObject({ error: expect.any(String) as unknown, code: 'invalid' });
    }
    expect((await rest.ask('GET', `${at}?user_id=999999`, { token: operator })).status).toBe(404);
  });

  it('means % and _ as they are, pages without gaps, and keeps answers from shared caches', async () => {
    const mark = uniqueName();
    for (const title of [`${mark} 100%`, `${mark} 100x`, `${mark} a_b`, `${mark} acb`])
      await add(operator, { title });
    const search = async (text: string): Promise<number> =>
      Number(
        (await rest.ask('GET', `${at}?search=${encodeURIComponent(text)}`, { token: viewer })).json['meta']?.[
          'total_count'
        ],
      );
    expect(await Promise.all([search(`${mark} 100%`), search(`${mark} a_b`), search(mark)])).toEqual([
      1, 1, 4,
    ]);
    const pages = await Promise.all(
      [1, 2, 3].map(async (page) =>
        rest.ask('GET', `${at}?search=${mark}&per_page=2&page=${String(page)}&sort=title`, { token: viewer }),
      ),
    );
    expect(pages.flatMap(({ json }) => (json['streams'] ?? []).map((stream) => stream['title']))).toEqual(
      [`${mark} 100%`, `${mark} 100x`, `${mark} acb`, `${mark} a_b`].toSorted(),
    );
    expect(pages[0]?.headers.get('cache-control')).toContain('private');
  });

  it('tells viewers no address, measures instead of making up, and records a look that found nothing new', async () => {
    const stream = await add(operator, { status: 'offline' });
    expect((await rest.ask('GET', one(stream), { token: viewer })).json['stream']?.['user']).toMatchObject({
      email: null,
    });
    const { json: before } = await rest.ask('GET', one(stream), { token: viewer });
    const laterMs = Date.parse(String(before['stream']?.['last_checked_at'])) + 1;
    // A look of the time to come would be taken for one of now.
    await expect.poll(() => Date.now()).toBeGreaterThanOrEqual(laterMs);
    const later = new Date(laterMs).toISOString();
    await rest.ask('PATCH', one(stream), {
      token: updaterBot,
      body: { status: 'offline', last_checked_at: later },
    });
    expect((await rest.ask('GET', one(stream), { token: viewer })).json['stream']).toMatchObject({
      last_checked_at: later,
    });
    const analytics = async () => rest.ask('GET', `${one(stream)}/analytics`, { token: viewer });
    const [first, second] = [await analytics(), await analytics()];
    expect(second.text.replace(/"last_updated.*/, '')).toBe(first.text.replace(/"last_updated.*/, ''));
    expect(first.json).toMatchObject({ views_count: null, broadcasts: 0, live_seconds: 0 });
  });

  it('keeps streams when their streamer is removed, names unique, and an account one person’s', async () => {
    const name = uniqueName();
    const body = { streamer: { name, accounts: [{ profile_url: `https://www.twitch.tv/${name}` }] } };
    const made = await Promise.all(
      [1, 2, 3].map(async () => rest.ask('POST', '/api/v1/streamers', { token: operator, body })),
    );
    expect(made.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 422, 422]);
    const streamer = made.find(({ status }) => status === 201)?.json['streamer'];
    const taken = await rest.ask('POST', '/api/v1/streamers', {
      token: operator,
      body: { name: `${name} two`, accounts: [{ platform: 'Twitch', username: name.toUpperCase() }] },
    });
    expect(taken.json['details']).toHaveProperty('accounts');
    const stream = await add(operator, { link: `https://twitch.tv/${name}` });
    expect(stream).toMatchObject({ streamer: { id: streamer?.['id'], name } });
    await rest.ask('DELETE', `/api/v1/streamers/${String(streamer?.['id'])}`, { token: operator });
    expect((await rest.ask('GET', one(stream), { token: operator })).json['stream']).toMatchObject({
      streamer: null,
    });
  });

  it('makes no locations of free text, and forgets the place with the city', async () => {
    await rest.ask('POST', '/api/v1/locations', {
      token: operator,
      body: { city: 'Reno', state_province: 'NV', is_known_city: true },
    });
    const count = async (): Promise<unknown> =>
      (await rest.ask('GET', '/api/v1/locations', { token: viewer })).json['meta']?.['total_count'];
    const before = await count();
    await add(operator, { city: 'Nowhere in particular' });
    const stream = await add(operator, { city: 'reno', state: 'nv' });
    expect(stream['location_id']).toEqual(expect.any(Number));
    const cleared = await rest.ask('PATCH', one(stream), {
      token: operator,
      body: { city: '', state: null },
    });
    expect(cleared.json['stream']).toMatchObject({ city: null, state: null, location_id: null });
    expect(await count()).toBe(before);
  });
});
