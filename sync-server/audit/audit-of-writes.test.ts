import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  PASSWORD,
  startTestRest,
  uniqueName,
  type Json,
  type TestRest,
} from '../gateway/rest-v1/test-rest.ts';

const HOME = '198.51.100.7';
const SCRIPT = '203.0.113.9';

let rest: TestRest;
let admin = '';
let olga = '';
/** As the audit names them. */
const actors = { admin: '', olga: '' };
beforeAll(async () => {
  rest = await startTestRest({ proxies: 1 });
  admin = await rest.person('ada@example.org', 'admin');
  olga = await rest.person('olga@example.org', 'operator');
  actors.admin = await actorOf(admin);
  actors.olga = await actorOf(olga);
});
afterAll(() => rest.end());

const actorOf = async (token: string): Promise<string> =>
  String((await api('GET', 'me', token)).json['user']?.['actor']);
const api = async (method: string, path: string, token: string, body?: object, from = HOME) =>
  rest.ask(method, `/api/v1/${path}`, { token, ...(body && { body }), headers: { 'x-forwarded-for': from } });
const done = async (...asked: Parameters<typeof api>): Promise<Json> => {
  const { status, json, text } = await api(...asked);
  if (status >= 300) throw new Error(`${asked[0]} ${asked[1]}: ${text}`);
  return json;
};
const until = async (check: () => Promise<void>) => vi.waitFor(check, { timeout: 45_000, interval: 30 });
const listOf = (json: Json, name: string): readonly Json[] => [
  ...(new Map(Object.entries(json)).get(name) ?? []),
];
const audit = async (query: Record<string, string>): Promise<readonly Json[]> =>
  listOf(await done('GET', `admin/audit?limit=200&${String(new URLSearchParams(query))}`, admin), 'entries');
const goingOn = async (): Promise<readonly Json[]> =>
  listOf(await done('GET', 'admin/audit', admin), 'going_on');
/** Waits for one entry and shows it. */
async function entry(query: Record<string, string>): Promise<Json | undefined> {
  let found: Json | undefined;
  await until(async () => {
    [found] = await audit(query);
    expect(found, JSON.stringify(query)).toBeDefined();
  });
  return found;
}

describe('what people write over HTTP is in the audit', () => {
  it('[AU5] streams: added, changed, pinned, put away and removed, by whom, from where, before and after', async () => {
    const link = `https://www.twitch.tv/${uniqueName()}`;
    const { stream } = await done('POST', 'streams', olga, { stream: { link, title: 'One' } });
    const [id, target] = [String(stream?.['id']), `catalogue/streams/${String(stream?.['streamKey'])}`];
    await done('PATCH', `streams/${id}`, olga, { stream: { title: 'Two', city: 'Reno' } }, SCRIPT);
    await done('PUT', `streams/${id}/pin`, olga);
    await done('PUT', `streams/${id}/archive`, olga);
    await done('DELETE', `streams/${id}`, olga);
    await until(async () => expect((await audit({ via: 'http', target })).length).toBe(5));
    const one = { actor: actors.olga, name: 'olga', from: HOME, target };
    expect((await audit({ via: 'http', target })).toReversed()).toMatchObject([
      { ...one, action: 'POST /api/v1/streams', before: null, after: { title: 'One', link } },
      {
        ...{ ...one, from: SCRIPT, action: 'PATCH /api/v1/streams/:id' },
        ...{ before: { title: 'One', city: null }, after: { title: 'Two', city: 'Reno' } },
      },
      {
        ...one,
        action: 'PUT /api/v1/streams/:id/pin',
        before: { is_pinned: false },
        after: { is_pinned: true },
      },
      { ...one, before: { is_archived: false }, after: { is_archived: true } },
      { ...one, action: 'DELETE /api/v1/streams/:id', before: { title: 'Two', city: 'Reno' }, after: null },
    ]);
    await until(async () => {
      const edits = (await audit({ via: 'document', target })).toReversed();
      expect(edits.map(({ action, actor }) => `${String(action)} ${String(actor)}`)).toEqual(
        ['added', 'changed', 'changed', 'changed', 'removed'].map((action) => `${action} ${actors.olga}`),
      );
      expect(edits[1]).toMatchObject({ before: { title: 'One' }, after: { title: 'Two', city: 'Reno' } });
      expect(edits[4]).toMatchObject({ before: { title: 'Two', link }, after: null });
      // By the request, or else by where its author signed in.
      for (const { from } of edits) expect([HOME, SCRIPT, '127.0.0.1']).toContain(from);
    });
  });

  it('[AU5] streamers, locations, ignore lists, events and walls', async () => {
    const name = uniqueName();
    const cases = [
      ['streamers', 'streamer', { name }, { name: `${name}-2` }, 'catalogue/streamers/'],
      [
        'locations',
        'location',
        { city: name, country: 'US' },
        { city: name, is_known_city: true },
        'catalogue/locations/',
      ],
      [
        'ignore_lists',
        'ignore_list',
        { list_type: 'domain', value: `${name}.org` },
        { notes: 'spam' },
        'catalogue/ignore/',
      ],
      [
        'timestamps',
        'timestamp',
        { title: name, event_timestamp: '2026-11-01T10:00:00Z' },
        { title: `${name}!` },
        'catalogue/events/',
      ],
      ['walls', 'wall', { name }, { name: `${name}-2` }, 'wall:'],
    ] as const;
    for (const [path, root, first, changes, target] of cases) {
      const made = (await done('POST', path, admin, { [root]: first }))[root];
      await done('PATCH', `${path}/${String(made?.['id'])}`, admin, { [root]: changes }, SCRIPT);
      const [field = '', value] = Object.entries(changes).at(-1) ?? [];
      const found = await entry({
        via: 'http',
        actor: actors.admin,
        action: `PATCH /api/v1/${path}`,
        target,
      });
      expect(found).toMatchObject({ from: SCRIPT, after: { [field]: value } });
      expect(found?.['before']?.[field]).not.toBe(value);
      const added = await entry({ action: `POST /api/v1/${path}`, target: String(found?.['target']) });
      expect(added).toMatchObject({ before: null, after: { id: made?.['id'] } });
    }
  });

  it('[AU5] lists that are taken in at once: how much of them was taken', async () => {
    const streams = [1, 2].map((n) => ({ link: `https://www.twitch.tv/${uniqueName()}${String(n)}` }));
    await done('POST', 'streams/bulk_import', admin, { streams: [...streams, { link: 'no link' }] }, SCRIPT);
    const entries = [{ list_type: 'domain', value: `${uniqueName()}.org` }];
    await done('POST', 'ignore_lists/bulk_create', admin, { entries });
    const imported = await entry({ action: 'POST /api/v1/streams/bulk_import' });
    expect(imported).toMatchObject({ actor: actors.admin, from: SCRIPT, after: { imported: 2, total: 3 } });
    const created = await entry({ action: 'POST /api/v1/ignore_lists/bulk_create' });
    expect(created).toMatchObject({ after: { created: 1, errors: 0 } });
  });
});

describe('what programs write over HTTP is in the audit', () => {
  it('[AU4] summed up, with where it came from, and examples of before and after', async () => {
    const key = await rest.key('service');
    const link = `https://www.twitch.tv/${uniqueName()}`;
    const { stream } = await done('POST', 'streams', key, { stream: { link } }, SCRIPT);
    for (const title of ['one', 'two'])
      await done('PATCH', `streams/${String(stream?.['id'])}`, key, { stream: { title } }, SCRIPT);
    await until(async () => {
      const own = (await goingOn()).filter(({ name }) => String(name) === 'a service');
      const find = (action: string) => own.find((one) => String(one['action']) === action);
      expect(find('PATCH /api/v1/streams/:id')).toMatchObject({ count: 2, from: SCRIPT });
      expect(find('changed')).toMatchObject({ count: 2, target: 'catalogue/streams' });
      const examples = [...(find('changed')?.['after']?.['for instance'] ?? [])];
      expect(examples).toContainEqual(
        expect.objectContaining({ before: { title: 'one' }, after: { title: 'two' } }),
      );
    });
  });
});

describe('what is not allowed is in the audit', () => {
  it('[AU5] who wanted to change what they may not, and from where', async () => {
    const viewer = await rest.person(`${uniqueName()}@example.org`, 'viewer');
    const actor = await actorOf(viewer);
    const link = 'https://www.twitch.tv/forbidden';
    for (let i = 0; i < 3; i += 1)
      expect((await api('POST', 'streams', viewer, { stream: { link } }, SCRIPT)).status).toBe(403);
    expect((await api('DELETE', 'users/1', olga)).status).toBe(403);
    expect((await api('POST', 'keys', 'nobody', {})).status).toBe(401);
    await until(async () => {
      const refused = (await goingOn()).filter(({ action }) => String(action).startsWith('refused'));
      const of = (one: string) => refused.find((each) => String(each['actor']) === one);
      expect(of(actor)).toMatchObject({ target: 'POST /api/v1/streams', count: 3, from: SCRIPT });
      expect(of(actors.olga)).toMatchObject({ action: 'refused (403)', target: 'DELETE /api/v1/users/:id' });
      expect(of('unknown')).toMatchObject({ action: 'refused (401)', target: 'POST /api/v1/keys' });
    });
  });

  it('[AU5] whose account somebody wanted to sign in to, and from where, never what they typed', async () => {
    const log = async (email: string, password: string) =>
      rest.ask('POST', '/api/v1/login', {
        body: { user: { email, password } },
        headers: { 'x-forwarded-for': SCRIPT },
      });
    expect((await log('olga@example.org', 'Not the one at all 9')).status).toBe(401);
    expect((await log('typed-here@example.org', PASSWORD)).status).toBe(401);
    const number = Number((await api('GET', 'me', olga)).json['user']?.['id']);
    await until(async () => {
      const refused = (await goingOn()).filter(({ action }) => String(action) === 'login.refused');
      for (const target of [`user:${String(number)}`, 'no account'])
        expect(refused).toContainEqual(
          expect.objectContaining({ target, from: SCRIPT, after: { 'for instance': [`${SCRIPT} wrong`] } }),
        );
      expect(JSON.stringify(refused)).not.toMatch(/typed-here|Not the one/);
    });
  });

  it('[AU5] a refresh token that came twice', async () => {
    const { json } = await rest.ask('POST', '/api/v1/login', {
      body: { user: { email: 'olga@example.org', password: PASSWORD } },
    });
    const body = { refresh_token: String(json['refresh_token']) };
    const refresh = async () => (await rest.ask('POST', '/api/v1/tokens/refresh', { body })).status;
    expect([await refresh(), await refresh()]).toEqual([200, 401]);
    await until(async () =>
      expect((await goingOn()).map(({ action }) => String(action))).toContain('session.copied'),
    );
  });
});
