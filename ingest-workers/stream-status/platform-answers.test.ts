import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Platform, type StreamStatus } from '#shared/model/stream.ts';
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

/** What a platform may say of a stream. What goes wrong instead is in `troubled-hosts.test.ts`, for every platform as well. */
type Kind = 'live' | 'offline' | 'upcoming' | 'ended' | '404';
type Case = Readonly<{
  serve: FakeAnswer;
  says: StreamStatus;
  /** Read again after half a minute: what counts is the second answer. */
  again?: boolean;
}>;
/** Every way to read has every answer, or a sentence that says why it cannot have it. */
type Row = Readonly<{ platform: Platform; link: string } & Record<Kind, Case | string>>;

let now = Date.UTC(2026, 7, 1, 12);
const clock = { nowMs: () => now };
let web: FakeWeb;

beforeAll(async () => {
  web = await createFakeWeb(clock);
});
afterAll(() => web.close());

const says = (status: StreamStatus, serve: FakeAnswer): Case => ({ says: status, serve });
const missing = sendText('no such page', 'text/html', 404);
const goneOn404 = says('gone', missing);
const oddOn404 = says('unknown', missing);
const isChannel = 'A channel is not scheduled and is not over for good: it is offline.';

const helix =
  (streams: readonly unknown[]): FakeAnswer =>
  (request, response) =>
    sendJson({ data: request.path === '/helix/streams' ? streams : [{ login: 'ann' }] })(request, response);
const gql = (stream: unknown) => sendJson({ data: { u0: { login: 'ann', stream } } });
const video = (liveBroadcastContent: string, liveStreamingDetails: object = {}) =>
  sendJson({
    items: [{ id: 'abcdefghijk', snippet: { title: 'x', liveBroadcastContent }, liveStreamingDetails }],
  });
const watch = (videoDetails: object, broadcast: object = {}, playability = 'OK') =>
  sendText(
    `<script>var ytInitialPlayerResponse = ${JSON.stringify({
      playabilityStatus: { status: playability },
      videoDetails: { title: 'x', ...videoDetails },
      microformat: { playerMicroformatRenderer: { liveBroadcastDetails: broadcast } },
    })};</script>`,
  );
const kick = (is_live: boolean) =>
  sendJson({ data: [{ slug: 'ann', stream_title: 'x', stream: { is_live, viewer_count: 1 } }] });
const room = (status: number) => sendJson({ statusCode: 0, data: { liveRoom: { status, title: 'x' } } });
const facebook = (mark: string) => sendText(`{"id":"1234567890","broadcast_status":"${mark}"}`);
const rumble = (live: number, livestream_has_dvr: boolean) => sendJson({ live, livestream_has_dvr });
const dlive = (livestream: unknown) =>
  sendJson({ data: { userByDisplayName: { username: 'ann', livestream } } });
const broadcast =
  (state: string): FakeAnswer =>
  (request, response) =>
    sendJson(
      request.path.endsWith('activate.json')
        ? { guest_token: '1' }
        : { broadcasts: { '1OwxWYzDXjWGQ': { state } } },
    )(request, response);
const playlist = (end: string) =>
  sendText(
    `#EXTM3U\n#EXT-X-TARGETDURATION:6\n#EXT-X-MEDIA-SEQUENCE:1\n#EXTINF:6,\na.ts\n${end}`,
    'application/vnd.apple.mpegurl',
  );
const page = (event: object) =>
  sendText(
    `<script type="application/ld+json">${JSON.stringify({ '@type': 'BroadcastEvent', ...event })}</script>`,
  );

const rows: Readonly<Record<string, Row>> = {
  'Twitch (Helix)': {
    ...{ platform: 'twitch', link: 'https://www.twitch.tv/ann' },
    ...{
      live: says('live', helix([{ user_login: 'ann', type: 'live' }])),
      offline: says('offline', helix([])),
    },
    ...{ upcoming: isChannel, ended: isChannel, '404': oddOn404 },
  },
  'Twitch (web)': {
    ...{ platform: 'twitch', link: 'https://www.twitch.tv/ann' },
    ...{ live: says('live', gql({ type: 'live' })), offline: says('offline', gql(null)) },
    ...{ upcoming: isChannel, ended: isChannel, '404': oddOn404 },
  },
  'YouTube (Data API)': {
    ...{ platform: 'youtube', link: 'https://www.youtube.com/watch?v=abcdefghijk' },
    live: says('live', video('live', { actualStartTime: '2026-08-01T11:00:00Z' })),
    offline: says('offline', video('none')),
    upcoming: says('upcoming', video('upcoming', { scheduledStartTime: '2026-08-01T20:00:00Z' })),
    ended: says('offline', video('none', { actualEndTime: '2026-08-01T11:00:00Z' })),
    '404': oddOn404,
  },
  'YouTube (pages)': {
    ...{ platform: 'youtube', link: 'https://www.youtube.com/watch?v=abcdefghijk' },
    live: says('live', watch({ isLive: true, isLiveContent: true }, { isLiveNow: true })),
    offline: says('offline', watch({ isLiveContent: false })),
    upcoming: says('upcoming', watch({ isUpcoming: true, isLiveContent: true }, {}, 'LIVE_STREAM_OFFLINE')),
    ended: says('offline', watch({ isPostLiveDvr: true, isLiveContent: true })),
    '404': goneOn404,
  },
  'Kick (API)': {
    ...{ platform: 'kick', link: 'https://kick.com/ann' },
    ...{ live: says('live', kick(true)), offline: says('offline', kick(false)) },
    ...{ upcoming: isChannel, ended: isChannel, '404': goneOn404 },
  },
  'Kick (web)': {
    ...{ platform: 'kick', link: 'https://kick.com/ann' },
    live: says('live', sendJson({ slug: 'ann', livestream: { is_live: true } })),
    offline: says('offline', sendJson({ slug: 'ann', livestream: null })),
    ...{ upcoming: isChannel, ended: isChannel, '404': goneOn404 },
  },
  'TikTok (web)': {
    ...{ platform: 'tiktok', link: 'https://www.tiktok.com/@ann/live' },
    ...{ live: says('live', room(2)), offline: says('offline', room(4)) },
    ...{ upcoming: isChannel, ended: isChannel, '404': oddOn404 },
  },
  'Facebook (pages)': {
    ...{ platform: 'facebook', link: 'https://www.facebook.com/watch/?v=1234567890' },
    live: says('live', facebook('LIVE')),
    offline: says('offline', sendText('{"id":"1234567890","is_live_streaming":false}')),
    upcoming: says('upcoming', facebook('SCHEDULED_LIVE')),
    ended: says('offline', facebook('VOD_READY')),
    '404': goneOn404,
  },
  'Instagram (not asked)': {
    ...{ platform: 'instagram', link: 'https://www.instagram.com/ann/live' },
    live: says('unknown', sendText('{"broadcast_status":"active"}')),
    offline: says('unknown', sendText('offline')),
    upcoming: says('unknown', sendText('scheduled')),
    ended: says('unknown', sendText('ended')),
    '404': oddOn404,
  },
  'Rumble (web)': {
    ...{ platform: 'rumble', link: 'https://rumble.com/embed/v1abcd' },
    ...{ live: says('live', rumble(2, true)), offline: says('offline', rumble(0, false)) },
    ...{ upcoming: says('upcoming', rumble(1, true)), ended: says('offline', rumble(1, false)) },
    '404': goneOn404,
  },
  'DLive (web)': {
    ...{ platform: 'dlive', link: 'https://dlive.tv/ann' },
    ...{ live: says('live', dlive({ title: 'x' })), offline: says('offline', dlive(null)) },
    ...{ upcoming: isChannel, ended: isChannel, '404': oddOn404 },
  },
  'X (guest)': {
    ...{ platform: 'x', link: 'https://x.com/i/broadcasts/1OwxWYzDXjWGQ' },
    ...{ live: says('live', broadcast('RUNNING')), offline: says('offline', broadcast('TIMED_OUT')) },
    ...{ upcoming: says('upcoming', broadcast('NOT_STARTED')), ended: says('offline', broadcast('ENDED')) },
    '404': oddOn404,
  },
  'Media files': {
    ...{ platform: 'direct', link: 'https://media.example.com/live.m3u8' },
    live: says('live', playlist('')),
    offline: { ...says('offline', playlist('')), again: true },
    upcoming: 'A file does not say that it will be live.',
    ended: says('offline', playlist('#EXT-X-ENDLIST')),
    '404': goneOn404,
  },
  'Web pages': {
    ...{ platform: 'other', link: 'https://page.example.com/watch' },
    live: says('live', page({ isLiveBroadcast: true })),
    offline: says('offline', page({ isLiveBroadcast: false })),
    upcoming: says('upcoming', page({ isLiveBroadcast: true, startDate: '2026-08-01T20:00:00Z' })),
    ended: says('offline', page({ isLiveBroadcast: true, endDate: '2026-08-01T11:00:00Z' })),
    '404': goneOn404,
  },
};

async function ask(route: StatusRoute, { link }: Row, { serve, again = false }: Case): Promise<StreamStatus> {
  for (const host of platformHosts) web.on(host, serve);
  for (const host of ['id.twitch.tv', 'id.kick.com'])
    web.on(host, sendJson({ access_token: 'token', expires_in: 5_000_000 }));
  const subject = subjectOf(link);
  if (again) await route.read([subject]);
  now += again ? 30_000 : 0;
  const reading = (await route.read([subject])).get(subject.id);
  return reading?.type === 'answer' ? reading.status : 'unknown';
}

/** A new one for every test: what a route remembers belongs to one alone. */
const routeOf = (name: string, { platform }: Row): StatusRoute | undefined =>
  allRoutes(web, clock)[platform].find((route) => route.name === name);

describe('every platform, every answer:', () => {
  for (const [name, row] of Object.entries(rows)) {
    for (const kind of ['live', 'offline', 'upcoming', 'ended', '404'] as const) {
      const each = row[kind];
      if (typeof each === 'string') continue;
      it(`[LS2] ${name}, ${kind}, is ${each.says}`, async () => {
        const route = routeOf(name, row);
        if (route === undefined) throw new Error(`there is no way called ${name}`);
        expect(await ask(route, row, each)).toBe(each.says);
      });
    }
  }

  it('[LS2] no platform and no way to read one is left out', () => {
    for (const platform of Platform.options)
      for (const { name } of allRoutes(web, clock)[platform])
        expect([name, rows[name]?.platform]).toEqual([name, platform]);
  });
});
