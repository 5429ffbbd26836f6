import { describe, expect, it } from 'vitest';
import type { Platform } from '../stream.ts';
import { readLiveUrl, type StreamUrl } from '../stream-url.ts';

function live(text: string): StreamUrl {
  const read = readLiveUrl(text);
  if (!read.ok) throw new Error(`${text}: ${read.error.message}`);
  return read.value;
}

const UC = 'UCSJ4gkVC6NrvII8umztf0Ow';
const ID = 'X9kLm2Pq_7w';
const watch = `https://www.youtube.com/watch?v=${ID}`;
const fb = 'https://www.facebook.com/watch/?v=1234567890123456';

type Accepted = readonly [text: string, url: string, more?: Partial<StreamUrl>];

const accepted: Readonly<Partial<Record<Platform, readonly Accepted[]>>> = {
  twitch: [
    ['https://twitch.tv/UnicornRiot', 'https://www.twitch.tv/unicornriot', { username: 'unicornriot' }],
    ['http://www.twitch.tv/unicornriot/', 'https://www.twitch.tv/unicornriot'],
    ['m.twitch.tv/unicornriot?desktop-redirect=true', 'https://www.twitch.tv/unicornriot'],
    ['https://go.twitch.tv:443/unicornriot#chat', 'https://www.twitch.tv/unicornriot'],
    [
      'https://player.twitch.tv/?parent=a.example&channel=UnicornRiot&muted=true',
      'https://www.twitch.tv/unicornriot',
    ],
    ['https://www.twitch.tv/popout/unicornriot/chat?popout=', 'https://www.twitch.tv/unicornriot'],
    ['https://www.twitch.tv/embed/unicornriot/chat?parent=a.example', 'https://www.twitch.tv/unicornriot'],
    ['https://www.twitch.tv/%75nicornriot', 'https://www.twitch.tv/unicornriot'],
  ],
  youtube: [
    [`https://www.youtube.com/watch?app=desktop&v=${ID}&t=90s#x`, watch, { videoId: ID }],
    [`https://youtube.com/WATCH/?v=${ID}`, watch],
    [`http://youtu.be/${ID}?si=AbC`, watch, { videoId: ID }],
    [`https://www.youtube.com/embed/${ID}?autoplay=1`, watch],
    [`https://www.youtube-nocookie.com/embed/${ID}`, watch],
    [`https://youtube-nocookie.com/embed/${ID}`, watch],
    [`https://www.youtube.com/shorts/${ID}`, watch],
    [`https://www.youtube.com/v/${ID}`, watch],
    [`https://www.youtube.com/live_chat?is_popout=1&v=${ID}`, watch],
    ['https://www.youtube.com/watch?v=-abc_DEF-12', 'https://www.youtube.com/watch?v=-abc_DEF-12'],
    [
      'https://www.youtube.com/@StreetNews',
      'https://www.youtube.com/@streetnews/live',
      { username: 'streetnews' },
    ],
    ['youtube.com/@street.news-24_7/LIVE', 'https://www.youtube.com/@street.news-24_7/live'],
    [
      'https://www.youtube.com/@ウェザー',
      'https://www.youtube.com/@%E3%82%A6%E3%82%A7%E3%82%B6%E3%83%BC/live',
      { username: 'ウェザー' },
    ],
    ['https://www.youtube.com/@CAFÉ', 'https://www.youtube.com/@caf%C3%A9/live', { username: 'café' }],
    ['https://www.youtube.com/@CAFE\u0301', 'https://www.youtube.com/@caf%C3%A9/live', { username: 'café' }],
    [`https://www.youtube.com/channel/${UC}/live?x=1`, `https://www.youtube.com/channel/${UC}/live`],
    [`https://www.youtube.com/embed/live_stream?channel=${UC}`, `https://www.youtube.com/channel/${UC}/live`],
    [
      'https://www.youtube.com/c/StreetNews/live',
      'https://www.youtube.com/c/streetnews/live',
      { username: 'streetnews' },
    ],
    ['https://www.youtube.com/user/StreetNews/live', 'https://www.youtube.com/user/streetnews/live'],
  ],
  kick: [
    ['http://KICK.com/Street_View-1', 'https://kick.com/street_view-1', { username: 'street_view-1' }],
    ['https://www.kick.com/streetview', 'https://kick.com/streetview'],
    ['https://player.kick.com/StreetView?muted=true', 'https://kick.com/streetview'],
    ['https://kick.com/popout/streetview/chat', 'https://kick.com/streetview'],
    ['https://kick.com/streetview/chatroom', 'https://kick.com/streetview'],
  ],
  tiktok: [
    [
      'https://m.tiktok.com/@Live.From_1/live?x=1',
      'https://www.tiktok.com/@live.from_1/live',
      { username: 'live.from_1' },
    ],
    ['https://www.tiktok.com/%40name/', 'https://www.tiktok.com/@name/live'],
    ['https://vm.tiktok.com/ZMabCdEfG/', 'https://vm.tiktok.com/ZMabCdEfG', { short: true }],
    ['http://vt.tiktok.com/ZSe4FqkKd?k=1', 'https://vt.tiktok.com/ZSe4FqkKd', { short: true }],
    ['https://tiktok.com/t/ZTRC5xgJp/', 'https://www.tiktok.com/t/ZTRC5xgJp', { short: true }],
    [
      'https://m.tiktok.com/share/live/7209423610325322522/?language=en',
      'https://m.tiktok.com/share/live/7209423610325322522',
      { short: true },
    ],
  ],
  facebook: [
    ['https://m.facebook.com/watch?v=1234567890123456', fb, { videoId: '1234567890123456' }],
    ['https://fb.com/watch/live/?ref=x&v=1234567890123456', fb],
    ['https://mbasic.facebook.com/video.php?v=1234567890123456', fb],
    ['https://web.facebook.com/KCRGTV9/videos/vb.12/1234567890123456/', fb, { username: 'kcrgtv9' }],
    ['https://www.facebook.com/%E3%81%82%E3%81%84/videos/1234567890123456', fb],
    [
      'https://www.facebook.com/KCRGTV9/live/',
      'https://www.facebook.com/kcrgtv9/live',
      { username: 'kcrgtv9' },
    ],
    ['https://www.facebook.com/Street-News-123/live', 'https://www.facebook.com/street-news-123/live'],
    ['https://fb.watch/aBcD_-123/?mibextid=x', 'https://fb.watch/aBcD_-123', { short: true }],
    [
      'https://www.facebook.com/share/v/1AbCdEfGhi/',
      'https://www.facebook.com/share/v/1AbCdEfGhi',
      { short: true },
    ],
  ],
  instagram: [
    [
      'https://instagram.com/Street.Reporter_1/live/',
      'https://www.instagram.com/street.reporter_1/live',
      { username: 'street.reporter_1' },
    ],
    ['https://www.instagram.com/street/live/17987654321098765?x=1', 'https://www.instagram.com/street/live'],
  ],
  rumble: [
    [
      'http://www.rumble.com/v6abcd1-Live-Now.html?e9s=1#c',
      'https://rumble.com/v6abcd1-Live-Now.html',
      { videoId: 'v6abcd1' },
    ],
    ['https://rumble.com/v6abcd1', 'https://rumble.com/v6abcd1', { videoId: 'v6abcd1' }],
    ['https://rumble.com/v6abcd1-live-now', 'https://rumble.com/v6abcd1-live-now'],
    ['https://rumble.com/embed/v6abcd1/?pub=4', 'https://rumble.com/embed/v6abcd1', { videoId: 'v6abcd1' }],
    ['https://rumble.com/embed/u2d1f.v6abcd1/', 'https://rumble.com/embed/v6abcd1'],
    [
      'https://rumble.com/c/StreetNews/live',
      'https://rumble.com/c/streetnews/live',
      { username: 'streetnews' },
    ],
    ['https://rumble.com/user/StreetNews/live', 'https://rumble.com/user/streetnews/live'],
  ],
  dlive: [
    ['https://www.dlive.tv/StreetNews?ref=1', 'https://dlive.tv/streetnews', { username: 'streetnews' }],
  ],
  x: [
    [
      'https://mobile.twitter.com/i/broadcasts/1yNGaQLWpejGj?s=20',
      'https://x.com/i/broadcasts/1yNGaQLWpejGj',
      { videoId: '1yNGaQLWpejGj' },
    ],
    ['www.x.com/i/broadcasts/1yNGaQLWpejGj/', 'https://x.com/i/broadcasts/1yNGaQLWpejGj'],
  ],
};

describe('a platform’s links', () => {
  for (const [platform, rows] of Object.entries(accepted)) {
    for (const [text, url, more] of rows) {
      it(`[M3] [M4] ${text} is ${url}`, () => {
        expect(live(text)).toMatchObject({ platform, url, ...more });
        expect(live(text).short).toBe(more?.short);
      });
      it(`[M5] ${url} reads as itself`, () => {
        expect(live(live(text).url).url).toBe(url);
        expect(live(live(text).url).identity).toBe(live(text).identity);
      });
    }
  }

  it('[M7] short links are marked, and nothing else is', () => {
    expect(live('https://fb.watch/aBcDe12345').short).toBe(true);
    expect(live('https://kick.com/streetview')).not.toHaveProperty('short');
  });

  it('[M1] blanks around a link that cannot be seen do not matter', () => {
    expect(live('\u200b https://kick.com/streetview\u200b\r\n').url).toBe('https://kick.com/streetview');
  });
});
