import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFakeWeb, sendJson, subjectOf, type FakeWeb } from '../test-fake-web.ts';
import { createXBroadcast, readXBroadcast } from './x-broadcast.ts';

const clock = { nowMs: () => Date.UTC(2026, 7, 1, 12) };
const id = '1OwxWYzDXjWGQ';
const subject = subjectOf(`https://x.com/i/broadcasts/${id}`);
let web: FakeWeb;

beforeAll(async () => {
  web = await createFakeWeb(clock);
});
afterAll(() => web.close());

const read = (state: string, more: object = {}) =>
  readXBroadcast(JSON.stringify({ broadcasts: { [id]: { state, ...more } } }), id);

describe('X', () => {
  it('[LS2] live: with title, viewers, beginning, picture and upright', () => {
    const more = {
      status: 'Bridge',
      start_ms: '1785578400000',
      image_url: 'https://pbs.example/x',
      total_watching: '31',
      width: 720,
      height: 1280,
    };
    expect(read('RUNNING', more)).toMatchObject({
      status: 'live',
      details: {
        title: 'Bridge',
        startedAt: 1785578400000,
        thumbnail: 'https://pbs.example/x',
        viewers: 31,
        orientation: 'vertical',
      },
    });
  });

  it('[LS2] ended and upcoming', () => {
    expect(read('ENDED')).toMatchObject({ status: 'offline', isFinal: true });
    expect(read('TIMED_OUT')).toMatchObject({ status: 'offline', isFinal: true });
    expect(read('NOT_STARTED', { scheduled_start_ms: 1785600000000 })).toMatchObject({
      status: 'upcoming',
      details: { startsAt: 1785600000000 },
    });
    expect(read('DREAMING')).toMatchObject({ type: 'no-answer' });
  });

  it('[LS2] gone: not listed', () => {
    expect(readXBroadcast('{"broadcasts":{}}', id)).toMatchObject({ status: 'gone' });
  });

  it('[LS4] is asked as a guest, whose pass is renewed when it is refused', async () => {
    let passes = 0;
    web.on('api.x.com', (request, response) => {
      if (request.path.endsWith('activate.json'))
        return sendJson({ guest_token: String((passes += 1)) })(request, response);
      if (request.headers['x-guest-token'] === '1') return void response.writeHead(403).end();
      sendJson({ broadcasts: { [id]: { state: 'RUNNING' } } })(request, response);
    });
    const route = createXBroadcast({ fetch: web.fetch, clock });
    expect((await route.read([subject])).get(subject.id)).toMatchObject({ cause: 'blocked' });
    expect((await route.read([subject])).get(subject.id)).toMatchObject({ status: 'live' });
  });
});
