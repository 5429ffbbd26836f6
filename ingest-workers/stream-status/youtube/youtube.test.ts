import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFakeWeb, sendJson, sendText, subjectOf, type FakeWeb } from '../test-fake-web.ts';
import { createYoutubePages } from './youtube-pages.ts';
import { createYoutubeVideos } from './youtube-videos.ts';

const clock = { nowMs: () => Date.UTC(2026, 7, 1, 12) };
const video = subjectOf('https://www.youtube.com/watch?v=abcdefghijk');
const channel = subjectOf('https://www.youtube.com/@somebody/live');
let web: FakeWeb;

beforeAll(async () => {
  web = await createFakeWeb(clock);
});
afterAll(() => web.close());

describe('YouTube with a key', () => {
  const ask = async (items: readonly unknown[]) => {
    web.on('www.googleapis.com', sendJson({ kind: 'youtube#videoListResponse', items }));
    return (await createYoutubeVideos({ fetch: web.fetch, clock }, 'key').read([video])).get(video.id);
  };
  const item = (liveBroadcastContent: string, liveStreamingDetails?: object) => ({
    id: 'abcdefghijk',
    snippet: {
      title: 'Harbour',
      liveBroadcastContent,
      thumbnails: { medium: { url: 'https://i.ytimg.com/vi/abcdefghijk/mqdefault_live.jpg' } },
    },
    liveStreamingDetails,
  });

  it('[LS2] live: with title, viewers and beginning', async () => {
    const times = { actualStartTime: '2026-08-01T11:00:00Z', concurrentViewers: '321' };
    expect(await ask([item('live', times)])).toMatchObject({
      status: 'live',
      details: {
        title: 'Harbour',
        viewers: 321,
        startedAt: Date.UTC(2026, 7, 1, 11),
        thumbnail: 'https://i.ytimg.com/vi/abcdefghijk/mqdefault_live.jpg',
      },
    });
  });

  it('[LS2] upcoming: with the time it is to begin', async () => {
    expect(await ask([item('upcoming', { scheduledStartTime: '2026-08-01T20:00:00Z' })])).toMatchObject({
      status: 'upcoming',
      details: { startsAt: Date.UTC(2026, 7, 1, 20) },
    });
  });

  it('[LS2] ended: over for good', async () => {
    const times = { actualStartTime: '2026-08-01T09:00:00Z', actualEndTime: '2026-08-01T10:00:00Z' };
    expect(await ask([item('none', times)])).toMatchObject({ status: 'offline', isFinal: true });
    expect(await ask([item('none')])).toMatchObject({ status: 'offline', isFinal: true });
  });

  it('[LS2] gone: not listed', async () => {
    expect(await ask([])).toMatchObject({ status: 'gone' });
    expect(await ask([{ id: 'abcdefghijk' }])).toMatchObject({ type: 'no-answer', cause: 'odd-answer' });
  });

  it('[LS4] a used-up quota waits for the next day, a refused key is said so', async () => {
    const refuse = async (status: number, reason: string) => {
      web.on('www.googleapis.com', sendJson({ error: { code: status, errors: [{ reason }] } }, status));
      return (await createYoutubeVideos({ fetch: web.fetch, clock }, 'key').read([video])).get(video.id);
    };
    expect(await refuse(403, 'quotaExceeded')).toMatchObject({
      cause: 'rate-limited',
      retryAfterMs: 20 * 3_600_000,
    });
    expect(await refuse(403, 'rateLimitExceeded')).toMatchObject({ cause: 'rate-limited' });
    expect(await refuse(400, 'keyInvalid')).toMatchObject({ cause: 'key' });
    expect(web.asked.at(-1)?.headers['x-goog-api-key']).toBe('key');
    expect(web.asked.at(-1)?.query.get('key')).toBeNull();
  });
});

describe('YouTube without a key', () => {
  const page = (player: object, rest = '') =>
    `<html><script>var ytInitialPlayerResponse = ${JSON.stringify(player)};var meta = 1;</script>${rest}</html>`;
  const ask = async (html: string, subject = video) => {
    web.on('www.youtube.com', sendText(html));
    return (await createYoutubePages({ fetch: web.fetch, clock }).read([subject])).get(subject.id);
  };
  const details = (more: object) => ({
    playabilityStatus: { status: 'OK' },
    videoDetails: { title: 'A "quoted" {title}', ...more },
  });
  const broadcast = (more: object) => ({
    microformat: { playerMicroformatRenderer: { liveBroadcastDetails: more } },
  });

  it('[LS2] live: what the page tells its own player', async () => {
    const player = {
      ...details({ isLive: true, isLiveContent: true }),
      ...broadcast({ isLiveNow: true, startTimestamp: '2026-08-01T11:00:00Z' }),
    };
    expect(await ask(page(player))).toMatchObject({
      status: 'live',
      details: { title: 'A "quoted" {title}', startedAt: Date.UTC(2026, 7, 1, 11) },
    });
    expect(await ask(page(broadcast({ isLiveNow: true })))).toMatchObject({ status: 'live' });
  });

  it('[LS2] a live video that is only recommended does not count', async () => {
    const recommended = '<script>var x = {"isLive":true,"isLiveNow":true,"isLiveBroadcast":"True"};</script>';
    expect(await ask(page(details({ isLiveContent: true }), recommended))).toMatchObject({
      status: 'offline',
      isFinal: true,
    });
  });

  it('[LS2] ended: over for good when it is a video, not when it is a channel', async () => {
    const over = page({
      ...details({ isPostLiveDvr: true, isLive: true }),
      ...broadcast({ endTimestamp: '2026-08-01T10:00:00Z' }),
    });
    expect(await ask(over)).toMatchObject({
      status: 'offline',
      isFinal: true,
      details: { endedAt: Date.UTC(2026, 7, 1, 10) },
    });
    expect(await ask(over, channel)).toMatchObject({ status: 'offline', isFinal: false });
    expect(await ask(page(details({})))).toMatchObject({ status: 'offline', isFinal: true });
  });

  it('[LS2] upcoming: also behind a channel’s live page', async () => {
    const player = {
      ...details({ isUpcoming: true, isLiveContent: true }),
      ...broadcast({ isLiveNow: false, startTimestamp: '2026-08-01T20:00:00Z' }),
    };
    expect(await ask(page(player), channel)).toMatchObject({
      status: 'upcoming',
      details: { startsAt: Date.UTC(2026, 7, 1, 20) },
    });
  });

  it('[LS2] gone: removed', async () => {
    const player = { playabilityStatus: { status: 'ERROR', reason: 'This video has been removed' } };
    expect(await ask(page(player))).toMatchObject({ status: 'gone' });
    web.on('www.youtube.com', sendText('', 'text/html', 404));
    expect(
      (await createYoutubePages({ fetch: web.fetch, clock }).read([channel])).get(channel.id),
    ).toMatchObject({ status: 'gone' });
  });

  it('[LS1] a login wall, a doubt that we are human and the question about cookies are no answers', async () => {
    const wall = (reason: string) => page({ playabilityStatus: { status: 'LOGIN_REQUIRED', reason } });
    expect(await ask(wall('Sign in to confirm you’re not a bot'))).toMatchObject({ cause: 'blocked' });
    expect(await ask(wall('This video may be inappropriate'))).toMatchObject({ cause: 'login' });
    web.on('www.youtube.com', (_request, response) =>
      response.writeHead(302, { location: 'https://consent.youtube.com/m?continue=x' }).end(),
    );
    web.on('consent.youtube.com', sendText('<html>cookies</html>'));
    expect((await createYoutubePages({ fetch: web.fetch, clock }).read([video])).get(video.id)).toMatchObject(
      { cause: 'blocked' },
    );
  });

  it('[LS2] a channel’s page: live by a badge in its own tab, else offline', async () => {
    const canonical =
      '<link rel="canonical" href="https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv">';
    const tabs = (selected: object, second: object) =>
      `${canonical}<script>var ytInitialData = ${JSON.stringify({
        contents: {
          tabs: [
            { tabRenderer: { selected: false, content: second } },
            { tabRenderer: { selected: true, content: selected } },
          ],
        },
      })};</script>`;
    const badge = { thumbnailOverlayTimeStatusRenderer: { style: 'LIVE' } };
    expect(await ask(tabs(badge, {}), channel)).toMatchObject({ status: 'live' });
    expect(await ask(tabs({}, badge), channel)).toMatchObject({ status: 'offline', isFinal: false });
    expect(await ask(canonical, video)).toMatchObject({ type: 'no-answer' });
  });
});
