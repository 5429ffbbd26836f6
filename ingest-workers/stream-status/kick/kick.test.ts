import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFakeWeb, sendJson, subjectOf, type FakeWeb } from '../test-fake-web.ts';
import { createKickApi } from './kick-api.ts';
import { createKickWeb } from './kick-web.ts';

const clock = { nowMs: () => Date.UTC(2026, 7, 1, 12) };
const channels = Array.from({ length: 8 }, (_, n) => subjectOf(`https://kick.com/channel-${n}`));
const first = channels[0]!;
let web: FakeWeb;

beforeAll(async () => {
  web = await createFakeWeb(clock);
  web.on('id.kick.com', sendJson({ access_token: 'token', expires_in: 5_000_000 }));
});
afterAll(() => web.close());

const stream = (isLive: boolean) => ({
  is_live: isLive,
  start_time: isLive ? '2026-08-01T11:00:00Z' : '0001-01-01T00:00:00Z',
  thumbnail: '',
  viewer_count: 5,
});

/** Kick's own way: one slug that is not there fails the whole request. */
function api(missing: readonly string[], live: readonly string[]) {
  web.on('api.kick.com', (request, response) => {
    const slugs = request.query.getAll('slug');
    if (slugs.some((slug) => missing.includes(slug)))
      return void response.writeHead(400).end('{"message":"Invalid"}');
    const data = slugs.map((slug) => ({ slug, stream_title: 'Hi', stream: stream(live.includes(slug)) }));
    sendJson({ data, message: 'OK' })(request, response);
  });
  return createKickApi({ fetch: web.fetch, clock }, { clientId: 'id', clientSecret: 'secret' });
}

const asked = () => web.asked.filter(({ host }) => host === 'api.kick.com').length;

describe('Kick with a key', () => {
  it('[LS2] live and offline: with title, viewers and beginning', async () => {
    const readings = await api([], ['channel-0']).read(channels);
    expect(readings.get(first.id)).toMatchObject({
      status: 'live',
      details: { title: 'Hi', viewers: 5, startedAt: Date.UTC(2026, 7, 1, 11) },
    });
    expect(readings.get(channels[1]!.id)).toMatchObject({ status: 'offline' });
  });

  it('[LS3] one channel that does not exist spoils no other, is found by halves, and is asked alone from then on', async () => {
    const route = api(['channel-5'], ['channel-4']);
    const before = asked();
    const readings = await route.read(channels);
    expect(
      [...readings.values()].map((reading) => (reading.type === 'answer' ? reading.status : reading.cause)),
    ).toEqual('offline offline offline offline live gone offline offline'.split(' '));
    expect(asked() - before).toBe(7);
    await route.read(channels);
    expect(asked() - before).toBe(9);
  });

  it('[LS4] a key that is refused is said so', async () => {
    web.on('api.kick.com', (_request, response) => response.writeHead(401).end());
    const route = createKickApi({ fetch: web.fetch, clock }, { clientId: 'id', clientSecret: 'secret' });
    expect((await route.read([first])).get(first.id)).toMatchObject({ type: 'no-answer', cause: 'key' });
  });
});

describe('Kick without a key', () => {
  const ask = async (value: unknown, status = 200) => {
    web.on('kick.com', sendJson(value, status));
    return (await createKickWeb({ fetch: web.fetch, clock }).read([first])).get(first.id);
  };

  it('[LS2] live: with title, viewers and beginning', async () => {
    const livestream = {
      is_live: true,
      session_title: 'Hi',
      created_at: '2026-08-01 11:00:00',
      viewer_count: 7,
      thumbnail: { url: 'https://img.example/k.webp' },
    };
    expect(await ask({ slug: 'channel-0', livestream })).toMatchObject({
      status: 'live',
      details: {
        title: 'Hi',
        viewers: 7,
        startedAt: Date.UTC(2026, 7, 1, 11),
        thumbnail: 'https://img.example/k.webp',
      },
    });
  });

  it('[LS2] offline, and gone', async () => {
    expect(await ask({ slug: 'channel-0', livestream: null })).toMatchObject({ status: 'offline' });
    expect(await ask({}, 404)).toMatchObject({ status: 'gone' });
  });
});
