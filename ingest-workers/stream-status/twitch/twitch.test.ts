import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFakeWeb, sendJson, subjectOf, type FakeWeb } from '../test-fake-web.ts';
import { createTwitchGql } from './twitch-gql.ts';
import { createTwitchHelix } from './twitch-helix.ts';

let now = Date.UTC(2026, 7, 1, 12);
const clock = { nowMs: () => now };
const somebody = subjectOf('https://www.twitch.tv/somebody');
const other = subjectOf('https://www.twitch.tv/other');
let web: FakeWeb;

beforeAll(async () => {
  web = await createFakeWeb(clock);
  web.on('id.twitch.tv', sendJson({ access_token: 'token', expires_in: 5_000_000, token_type: 'bearer' }));
});
afterAll(() => web.close());

const liveRow = {
  id: '40952121085',
  user_id: '101051819',
  user_login: 'somebody',
  user_name: 'SomeBody',
  type: 'live',
  title: 'Downtown, live',
  viewer_count: 78365,
  started_at: '2026-08-01T10:05:00Z',
  thumbnail_url: 'https://static-cdn.jtvnw.net/previews-ttv/live_user_somebody-{width}x{height}.jpg',
};

function helix(streams: readonly unknown[], users: readonly string[]) {
  web.on('api.twitch.tv', (request, response) =>
    sendJson({ data: request.path === '/helix/streams' ? streams : users.map((login) => ({ login })) })(
      request,
      response,
    ),
  );
  return createTwitchHelix({ fetch: web.fetch, clock }, { clientId: 'id', clientSecret: 'secret' });
}

const read = async (route: ReturnType<typeof helix>, subject = somebody) =>
  (await route.read([somebody, other])).get(subject.id);

describe('Twitch with a key', () => {
  it('[LS2] live: with title, viewers, beginning and picture', async () => {
    expect(await read(helix([liveRow], ['other']))).toMatchObject({
      type: 'answer',
      status: 'live',
      details: {
        title: 'Downtown, live',
        viewers: 78365,
        startedAt: Date.UTC(2026, 7, 1, 10, 5),
        thumbnail: 'https://static-cdn.jtvnw.net/previews-ttv/live_user_somebody-640x360.jpg',
      },
    });
  });

  it('[LS2] offline: not listed, though the channel exists', async () => {
    expect(await read(helix([liveRow], ['other']), other)).toMatchObject({
      status: 'offline',
      isFinal: false,
    });
  });

  it('[LS2] gone: the channel does not exist', async () => {
    expect(await read(helix([liveRow], []), other)).toMatchObject({ status: 'gone' });
  });

  it('[LS2] a row that cannot be read is left out, and nobody is called offline for it', async () => {
    const route = helix([liveRow, { user_login: 7 }], ['other']);
    expect(await read(route)).toMatchObject({ status: 'live' });
    expect(await read(route, other)).toMatchObject({ type: 'no-answer', cause: 'odd-answer' });
  });

  it('[LS3] a hundred channels are one request, and who exists is asked once a day', async () => {
    const route = helix([], ['somebody', 'other']);
    const count = () => web.asked.filter(({ host }) => host === 'api.twitch.tv').length;
    const before = count();
    await route.read([somebody, other]);
    expect(count() - before).toBe(2);
    await route.read([somebody, other]);
    expect(count() - before).toBe(3);
    now += 25 * 3_600_000;
    await route.read([somebody, other]);
    expect(count() - before).toBe(5);
    expect(web.asked.at(-2)?.query.getAll('user_login')).toEqual(['somebody', 'other']);
    expect(web.asked.at(-2)?.headers).toMatchObject({ 'client-id': 'id', authorization: 'Bearer token' });
  });

  it('[LS4] a token that ended is renewed; a key that is refused is said so', async () => {
    let refused = 1;
    web.on('api.twitch.tv', (request, response) => {
      if (refused > 0) {
        refused -= 1;
        response.writeHead(401).end('{}');
      } else sendJson({ data: [liveRow] })(request, response);
    });
    const route = createTwitchHelix({ fetch: web.fetch, clock }, { clientId: 'id', clientSecret: 'secret' });
    expect((await route.read([somebody])).get(somebody.id)).toMatchObject({ status: 'live' });
    refused = 9;
    expect((await route.read([somebody])).get(somebody.id)).toMatchObject({
      type: 'no-answer',
      cause: 'key',
    });
  });
});

describe('Twitch without a key', () => {
  const ask = async (data: unknown, errors?: unknown) => {
    web.on('gql.twitch.tv', sendJson({ data, errors }));
    return (await createTwitchGql({ fetch: web.fetch, clock }).read([somebody])).get(somebody.id);
  };
  const user = (stream: unknown) => ({
    u0: { login: 'somebody', broadcastSettings: { title: 'Hello' }, stream },
  });

  it('[LS2] live: with title, viewers and beginning', async () => {
    const stream = { type: 'live', createdAt: '2026-08-01T10:05:00Z', viewersCount: 12 };
    expect(await ask(user(stream))).toMatchObject({
      status: 'live',
      details: { title: 'Hello', viewers: 12, startedAt: Date.UTC(2026, 7, 1, 10, 5) },
    });
  });

  it('[LS2] offline: no stream, or a rerun of one', async () => {
    expect(await ask(user(null))).toMatchObject({ status: 'offline' });
    expect(await ask(user({ type: 'rerun' }))).toMatchObject({ status: 'offline' });
  });

  it('[LS2] gone: no such user; but not when the question failed', async () => {
    expect(await ask({ u0: null })).toMatchObject({ status: 'gone' });
    expect(await ask({ u0: null }, [{ message: 'service error', path: ['u0'] }])).toMatchObject({
      type: 'no-answer',
    });
  });
});
