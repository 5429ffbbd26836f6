import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Link } from './stream.ts';
import { StreamId } from './ids.ts';
import type { LinkRefusalReason } from './link-refusal.ts';
import { readLiveUrl, readStreamUrl, streamIdOf, type StreamUrl } from './stream-url.ts';

const seed = Number(process.env['STREAMWALL_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const runs = process.env['STREAMWALL_LONG'] === '1' ? 50_000 : 5_000;

function live(text: string): StreamUrl {
  const read = readLiveUrl(text);
  if (!read.ok) throw new Error(`${text}: ${read.error.message}`);
  return read.value;
}

function added(text: string): StreamUrl {
  const read = readStreamUrl(text);
  if (!read.ok) throw new Error(`${text}: ${read.error.message}`);
  return read.value;
}

function refusal(text: string): LinkRefusalReason {
  const read = readLiveUrl(text);
  if (read.ok) throw new Error(`${text} was taken as ${read.value.url}`);
  expect(read.error.message).toMatch(/^[A-Z“].*\.$/u);
  return read.error.reason;
}

const ID = 'X9kLm2Pq_7w';
const fb = 'https://www.facebook.com/watch/?v=1234567890123456';

describe('pages that only lead on', () => {
  const to = (url: string) => encodeURIComponent(url);

  it('[M6] are read as what they lead to', () => {
    const kick = 'https://kick.com/streetview';
    expect(live(`https://www.youtube.com/redirect?q=${to(kick)}&v=${ID}`).url).toBe(kick);
    expect(live(`https://l.facebook.com/l.php?u=${to(kick)}&h=AT0`).url).toBe(kick);
    expect(live(`https://l.instagram.com/?e=1&u=${to(kick)}`).url).toBe(kick);
    expect(live(`https://www.facebook.com/plugins/video.php?width=9&href=${to(`${fb}&x=1`)}`).url).toBe(fb);
  });

  it('[M6] may stand in one another, but not without end', () => {
    const wrap = (url: string) => `https://www.youtube.com/redirect?q=${to(url)}`;
    expect(live(wrap(wrap('https://kick.com/streetview'))).url).toBe('https://kick.com/streetview');
    expect(refusal(wrap(wrap(wrap(wrap(wrap('https://kick.com/streetview'))))))).toBe('empty-wrapper');
  });

  it('[M6] never bring in what could not be posted itself', () => {
    expect(refusal(`https://www.youtube.com/redirect?q=${to('https://evil.example/')}`)).toBe('host');
    expect(refusal(`https://www.youtube.com/redirect?q=${to('javascript:alert(1)')}`)).toBe('scheme');
    expect(refusal(`https://l.facebook.com/l.php?u=${to('https://twitch.tv@evil.example/')}`)).toBe(
      'credentials',
    );
  });

  it('[M6] give an operator the page behind them', () => {
    const cam = `https://l.facebook.com/l.php?u=${to('https://example.com/cam?fbclid=1&id=2')}&h=1`;
    expect(added(cam)).toMatchObject({ platform: 'other', url: 'https://example.com/cam?id=2' });
  });
});

describe('any other link', () => {
  it.each([
    ['HTTPS://Example.COM:443/Cam?b=2&a=1#top', 'https://example.com/Cam?b=2&a=1'],
    ['http://example.com:80', 'http://example.com/'],
    ['http://192.168.0.20:8080/video/', 'http://192.168.0.20:8080/video/'],
    ['https://example.com/?utm_source=x&id=1&fbclid=2&UTM_Medium=y&gclid=3', 'https://example.com/?id=1'],
    ['https://example.com/a?utm_source=x', 'https://example.com/a'],
    ['https://example.com/a?', 'https://example.com/a'],
    ['https://example.com/a?x=1&x=2&y', 'https://example.com/a?x=1&x=2&y'],
    ['https://example.com/?q=utm_source&token=a%2Bb+c', 'https://example.com/?q=utm_source&token=a%2Bb+c'],
    ['https://www.twitch.tv/videos/2214567890', 'https://www.twitch.tv/videos/2214567890'],
  ])('[M8] %s is kept as %s', (text, url) => {
    expect(added(text)).toMatchObject({ platform: 'other', url });
    expect(added(url).url).toBe(url);
  });

  it.each([
    ['https://cdn.example/live/index.m3u8?token=a/b.html', 'video'],
    ['https://cdn.example/manifest.MPD', 'video'],
    ['http://10.0.0.5/cam.mp4', 'video'],
    ['https://cdn.example/a.webm?x', 'video'],
    ['https://radio.example/police.mp3', 'audio'],
  ] as const)('[M9] %s is a media file (%s)', (text, kind) => {
    expect(added(text)).toMatchObject({ platform: 'direct', kind });
  });

  it('[M9] an ending in the query or the host makes no media file', () => {
    expect(added('https://example.com/page?file=a.m3u8').platform).toBe('other');
    expect(added('https://example.mp4/').platform).toBe('other');
  });

  it.each(['https://cam.example.com./a', 'https://www.twitch.tv./woo', 'https://cdn.example..:8443/a.m3u8'])(
    '[M8] %s is refused: it would be another stream of the same',
    (text) => {
      expect(readStreamUrl(text)).toMatchObject({ ok: false, error: { reason: 'host' } });
    },
  );

  it('[M2] no media file or other page is what a message may name', () => {
    expect(refusal('https://cdn.example/live/index.m3u8')).toBe('host');
  });
});

describe('ids', () => {
  it('[M10] are the same for every way to write a link', () => {
    const ids = ['https://youtu.be/X9kLm2Pq_7w', `https://m.youtube.com/watch?x=1&v=${ID}`].map((text) =>
      streamIdOf(live(text).url),
    );
    expect(new Set(ids).size).toBe(1);
  });

  it('[M10] never change from one release to the next', () => {
    expect(streamIdOf(live('https://www.twitch.tv/unicornriot').url)).toBe('5m5thfw0510t05qwkwfg');
  });

  it('[M10] differ between links, and are safe in a URL, a file name and a key', () => {
    fc.assert(
      fc.property(fc.webUrl(), fc.webUrl(), (a, b) => {
        const [first, second] = [added(a).url, added(b).url];
        expect(streamIdOf(first) === streamIdOf(second)).toBe(first === second);
        expect(streamIdOf(first)).toMatch(/^[0-9a-z]{20}$/);
        expect(StreamId.safeParse(streamIdOf(first)).success).toBe(true);
      }),
      { seed, numRuns: 500 },
    );
  });
});

describe('of any text', () => {
  const pieces = fc.constantFrom(
    ...[
      'https://',
      'HTTP://',
      'www.',
      'twitch.tv',
      'youtube.com',
      'youtu.be',
      'kick.com',
      'tiktok.com',
      'facebook.com',
      'rumble.com',
    ],
    ...[
      '/',
      '//',
      '?',
      '&',
      '#',
      '=',
      '@',
      '%',
      '%2F',
      '%40',
      '..',
      '\\',
      ':',
      ':443',
      'v=',
      'u=',
      'q=',
      'é',
      'İ',
      'ß',
      '\u0301',
      '\ud800',
      ' ',
    ],
    ...[
      'watch',
      'live',
      'embed',
      'redirect',
      'l.php',
      'videos',
      'share',
      'v',
      't',
      'c',
      '.m3u8',
      'utm_a=1',
      ID,
      '1234567890',
      'v6abcd1',
      'Name',
    ],
  );
  const mixtures = fc.array(pieces, { maxLength: 14 }).map((parts) => parts.join(''));
  const texts = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    mixtures,
    mixtures.map((text) => `https://www.youtube.com/${text}`),
    mixtures.map((text) => `https://example.com/${text}`),
    fc.webUrl({ withFragments: true, withQueryParameters: true }),
  );

  it('[M5] [M18] reading never throws, and what it gives reads as itself', () => {
    fc.assert(
      fc.property(texts, (text) => {
        for (const read of [readStreamUrl(text), readLiveUrl(text)]) {
          if (!read.ok) continue;
          expect(Link.safeParse(read.value.url).success).toBe(true);
          expect(readStreamUrl(read.value.url)).toEqual({ ok: true, value: withoutName(read.value) });
        }
      }),
      { seed, numRuns: runs },
    );
  });

  it('[M1] a link is never longer than the limit', () => {
    const long = `https://example.com/${'é'.repeat(1000)}`;
    expect(readStreamUrl(long)).toMatchObject({ ok: false, error: { reason: 'too-long' } });
  });

  /** Whose page a Facebook video is on is lost in its canonical link. */
  function withoutName(stream: StreamUrl): StreamUrl {
    if (stream.platform !== 'facebook' || stream.videoId === undefined) return stream;
    const { username: _username, ...rest } = stream;
    return rest;
  }
});
