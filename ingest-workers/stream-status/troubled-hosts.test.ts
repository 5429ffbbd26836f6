import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Routes } from './create-routes.ts';
import type { NoAnswer, Reading } from './reading.ts';
import type { StatusRoute } from './status-route.ts';
import { allRoutes } from './test-all-routes.ts';
import {
  createFakeWeb,
  platformHosts,
  sendJson,
  sendText,
  subjectOf,
  type FakeAnswer,
  type FakeWeb,
} from './test-fake-web.ts';

const clock = { nowMs: () => Date.UTC(2026, 7, 1, 12) };
let web: FakeWeb;
let routes: Routes;

beforeAll(async () => {
  web = await createFakeWeb(clock);
  routes = allRoutes(web, clock);
});
afterAll(() => web.close());

const links = {
  twitch: 'https://www.twitch.tv/somebody',
  youtube: 'https://www.youtube.com/watch?v=abcdefghijk',
  kick: 'https://kick.com/somebody',
  tiktok: 'https://www.tiktok.com/@somebody/live',
  facebook: 'https://www.facebook.com/watch/?v=1234567890',
  instagram: 'https://www.instagram.com/somebody/live',
  rumble: 'https://rumble.com/embed/v1abcd',
  dlive: 'https://dlive.tv/somebody',
  x: 'https://x.com/i/broadcasts/1OwxWYzDXjWGQ',
  direct: 'https://media.example.com/live.m3u8',
  other: 'https://page.example.com/watch',
};

const challenge =
  '<html><title>Just a moment...</title><script src="/cdn-cgi/challenge-platform/x"></script></html>';
const silence: FakeAnswer = () => undefined;

const troubles: readonly (readonly [
  name: string,
  answer: FakeAnswer,
  causes: readonly NoAnswer['cause'][],
])[] = [
  ['a challenge page', sendText(challenge), ['blocked']],
  ['a challenge page with 403', sendText(challenge, 'text/html', 403), ['blocked', 'key']],
  ['429', (_request, response) => response.writeHead(429, { 'retry-after': '120' }).end(), ['rate-limited']],
  ['500', sendText('', 'text/html', 500), ['down']],
  ['503', (_request, response) => response.writeHead(503, { 'retry-after': '60' }).end(), ['down']],
  ['silence', silence, ['unreachable']],
  [
    'a huge page',
    (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end('x'.repeat(6 * 1024 * 1024));
    },
    ['odd-answer', 'no-way'],
  ],
  [
    'half a page',
    (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '5000' });
      response.write('{"data":[', () => response.destroy());
    },
    ['odd-answer'],
  ],
  ['a picture', sendText('\u0089PNG', 'image/png'), ['odd-answer', 'no-way']],
  ['an empty page', sendText(''), ['odd-answer', 'no-way']],
  [
    'JSON of another kind',
    sendJson({ error: 'no', items: 7, data: 'x', broadcasts: [] }),
    ['odd-answer', 'no-way'],
  ],
  ['JSON null', sendJson(null), ['odd-answer', 'no-way']],
  [
    'a trickle that does not end',
    (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      response.write('<html>');
    },
    ['unreachable'],
  ],
  ['a broken connection', (_request, response) => response.destroy(), ['odd-answer', 'unreachable']],
];

const tokenHosts = new Set(['id.twitch.tv', 'id.kick.com']);

async function readThrough(route: StatusRoute, link: string, answer: FakeAnswer): Promise<Reading> {
  for (const host of platformHosts) if (!tokenHosts.has(host)) web.on(host, answer);
  for (const host of tokenHosts) web.on(host, sendJson({ access_token: 'token', expires_in: 5_000_000 }));
  const isGuest: FakeAnswer = (request, response) =>
    (request.path === '/1.1/guest/activate.json' ? sendJson({ guest_token: 'guest' }) : answer)(
      request,
      response,
    );
  web.on('api.x.com', isGuest);
  const subject = subjectOf(link);
  const reading = (await route.read([subject])).get(subject.id);
  if (reading === undefined) throw new Error('no reading');
  return reading;
}

describe('whoever is in trouble is never called offline:', () => {
  for (const platform of Object.keys(links) as (keyof typeof links)[]) {
    for (const [name, answer, causes] of troubles) {
      it(`[LS1] ${platform}, ${name}, is unknown with a reason`, async () => {
        web.patienceMs = name === 'silence' || name.startsWith('a trickle') ? 100 : 20_000;
        for (const route of routes[platform]) {
          const reading = await readThrough(route, links[platform], answer);
          expect([route.name, reading.type, reading]).toMatchObject([route.name, 'no-answer', {}]);
          if (reading.type !== 'no-answer') continue;
          // Instagram is not even asked.
          expect(platform === 'instagram' ? ['login'] : causes).toContain(reading.cause);
          expect(reading.reason).toMatch(/\.$/);
        }
      });
    }

    if (platform === 'instagram') continue;
    it(`[LS1] ${platform}, a pause that is asked for, is handed on`, async () => {
      for (const route of routes[platform]) {
        const slow: FakeAnswer = (_request, response) =>
          response.writeHead(429, { 'retry-after': '120' }).end();
        expect(await readThrough(route, links[platform], slow)).toMatchObject({ retryAfterMs: 120_000 });
      }
    });
  }

  it('[LS1] instagram is not asked, since it tells only who is logged in', async () => {
    const asked = web.asked.length;
    const [route] = routes.instagram;
    expect(await readThrough(route!, links.instagram, sendText('live'))).toMatchObject({ cause: 'login' });
    expect(web.asked.length).toBe(asked);
  });
});
