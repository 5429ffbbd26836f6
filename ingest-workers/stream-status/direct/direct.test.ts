import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFakeWeb, sendText, subjectOf, type FakeWeb } from '../test-fake-web.ts';
import { createDirectMedia } from './direct-media.ts';
import { readPlaylist } from './read-playlist.ts';

let now = Date.UTC(2026, 7, 1, 12);
const clock = { nowMs: () => now };
const playlist = subjectOf('https://media.example.com/live.m3u8');
let web: FakeWeb;

beforeAll(async () => {
  web = await createFakeWeb(clock);
});
afterAll(() => web.close());

const media = (sequence: number, end = '') =>
  `#EXTM3U\n#EXT-X-TARGETDURATION:6\n#EXT-X-MEDIA-SEQUENCE:${sequence}\n#EXTINF:6,\na${sequence}.ts\n#EXTINF:6,\nb${sequence}.ts\n${end}`;
const master = '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nlow.m3u8\n#EXT-X-STREAM-INF:BANDWIDTH=2\nhigh.m3u8\n';

const read = async (route = createDirectMedia({ fetch: web.fetch, clock }), subject = playlist) =>
  (await route.read([subject])).get(subject.id);
const serve = (text: string, type = 'application/vnd.apple.mpegurl') =>
  web.on('media.example.com', sendText(text, type));

describe('media by its own address', () => {
  it('[LS2] live: a playlist that moves on, also behind a list of qualities', async () => {
    const route = createDirectMedia({ fetch: web.fetch, clock });
    let sequence = 1;
    web.on('media.example.com', (request, response) =>
      sendText(request.path === '/live.m3u8' ? master : media((sequence += 1)), 'audio/mpegurl')(
        request,
        response,
      ),
    );
    expect(await read(route)).toMatchObject({ status: 'live' });
    now += 120_000;
    expect(await read(route)).toMatchObject({ status: 'live', reason: 'The playlist moves on.' });
    expect(web.asked.at(-1)?.path).toBe('/low.m3u8');
  });

  it('[LS2] offline: a playlist that stands still, once that is certain', async () => {
    const route = createDirectMedia({ fetch: web.fetch, clock });
    serve(media(7));
    expect(await read(route)).toMatchObject({ status: 'live' });
    now += 20_000;
    expect(await read(route)).toMatchObject({ status: 'live' });
    now += 10_000;
    expect(await read(route)).toMatchObject({
      status: 'offline',
      reason: 'The playlist has stood still for 30 s.',
    });
    serve(media(8));
    expect(await read(route)).toMatchObject({ status: 'live' });
  });

  it('[LS2] ended: a playlist with an end is a recording', async () => {
    serve(media(1, '#EXT-X-ENDLIST'));
    expect(await read()).toMatchObject({ status: 'offline', isFinal: false });
  });

  it('[LS2] a file that can be played counts as live, a page in its place does not', async () => {
    const file = subjectOf('https://media.example.com/clip.mp4');
    serve('moving pictures', 'video/mp4');
    expect(await read(undefined, file)).toMatchObject({ status: 'live' });
    serve('<html>', 'text/html');
    expect(await read(undefined, file)).toMatchObject({ type: 'no-answer', cause: 'odd-answer' });
  });

  it('[LS2] gone: no such file', async () => {
    web.on('media.example.com', sendText('', 'text/html', 404));
    expect(await read()).toMatchObject({ status: 'gone' });
  });

  it('a playlist that leads in circles or nowhere is no answer', async () => {
    serve(master.replace('low.m3u8', 'live.m3u8'));
    expect(await read()).toMatchObject({ type: 'no-answer' });
    expect(readPlaylist('')).toEqual({ type: 'not-a-playlist' });
    expect(readPlaylist('#EXTM3U\n#EXT-X-STREAM-INF:x')).toEqual({ type: 'master', variants: [] });
    expect(readPlaylist(`#EXTM3U\n#EXT-X-TARGETDURATION:-5\n${'x\n'.repeat(100_000)}`)).toMatchObject({
      targetSeconds: 10,
    });
  });
});
