import { describe, expect, it } from 'vitest';
import { findLinks, MAX_LINKS, MAX_REFUSED } from './find-links.ts';

const urls = (text: string) => findLinks(text).links.map(({ stream }) => stream.url as string);
const reasons = (text: string) => findLinks(text).refused.map(({ reason }) => reason);

const kick = 'https://kick.com/streetview';
const twitch = 'https://www.twitch.tv/unicornriot';
const video = 'https://www.youtube.com/watch?v=X9kLm2Pq_7w';

describe('where a link starts', () => {
  it.each([
    [`look: ${kick}`, [kick]],
    ['look kick.com/streetview', [kick]],
    [`LIVE:${kick}`, [kick]],
    [`🔴${kick}`, [kick]],
    ['🔴kick.com/streetview', [kick]],
    [`看这里${kick}`, [kick]],
    [`Portland,OR:${kick}`, [kick]],
    [`1.${kick}`, [kick]],
    [`\u0001ACTION ${kick}\u0001`, [kick]],
    [`\u0002${kick}\u000f`, [kick]],
    ['sidekick.com/streetview', []],
    ['my_kick.com/streetview', []],
    ['my-kick.com/streetview', []],
    ['cdn.kick.com/streetview', []],
    ['аkick.com/streetview', []],
    ['tips@kick.com/streetview', []],
    [`x${kick}`, []],
    ['//kick.com/streetview', []],
    [`view-source:${kick}`, []],
    [`javascript:location="${kick}"`, []],
    [`data:text/html,<a href="${kick}">`, []],
    [`javascript:a(); location='${kick}'`, []],
    [`javascript:a()\n${kick}`, [kick]],
    [`the data: ${kick}`, [kick]],
    ['kick.com', []],
    ['https://kick.com', []],
  ])('[M11] %j gives %j', (text, expected) => {
    expect(urls(text)).toEqual(expected);
  });
});

describe('where a link ends', () => {
  it.each([
    `(${kick})`,
    `[${kick}]`,
    `{${kick}}`,
    `<${kick}>`,
    `"${kick}"`,
    `'${kick}'`,
    `“${kick}”`,
    `\`${kick}\``,
    `**${kick}**: now`,
    `||${kick}||`,
    `~~${kick}~~`,
    `_${kick}_`,
    `__${kick}__`,
    `[text](${kick})`,
    `[text](<${kick}> "title")`,
    `(see ${kick}).`,
    `${kick}?!`,
    `${kick}...`,
    `${kick}…`,
    `${kick}。見て`,
    `${kick}🔥`,
    `${kick}\u200b`,
    `${kick}\u200b\u2060.`,
    `${kick},live`,
    `${kick}(police)`,
    `${kick}'s stream`,
    `${kick}- live`,
    `${kick}/`,
    `${kick}/?ref=x,`,
    `<a href="${kick}">${kick}</a>`,
  ])('[M12] %j gives the link alone', (text) => {
    expect(urls(text)).toEqual([kick]);
  });

  it('[M12] underscores belong to a name unless they are italics', () => {
    expect(urls('https://www.twitch.tv/name_')).toEqual(['https://www.twitch.tv/name_']);
    expect(urls('_https://www.twitch.tv/name_')).toEqual(['https://www.twitch.tv/name']);
    expect(urls('__twitch.tv/a_name__')).toEqual(['https://www.twitch.tv/a_name']);
  });

  it('[M12] escapes that keep chat programs from making italics are undone', () => {
    expect(urls('https://www.twitch.tv/street\\_cam\\_99')).toEqual(['https://www.twitch.tv/street_cam_99']);
  });

  it('[M12] ids keep the characters that end other links', () => {
    expect(urls('https://youtu.be/-abcdefghi-')).toEqual(['https://www.youtube.com/watch?v=-abcdefghi-']);
    expect(urls('https://youtu.be/X9kLm2Pq_7w-')).toEqual([video]);
    expect(urls('https://youtu.be/X9kLm2Pq_7w&t=30')).toEqual([video]);
    expect(urls('https://www.youtube.com/watch?list=a&amp;v=X9kLm2Pq_7w')).toEqual([video]);
  });

  it('[M12] only a handle goes on in another script', () => {
    const handle = 'https://www.youtube.com/@%E3%82%A6%E3%82%A7/live';
    expect(urls('https://www.youtube.com/@ウェ/live。見て')).toEqual([handle]);
    expect(urls('「youtube.com/@ウェ」')).toEqual([handle]);
    expect(urls('https://www.twitch.tv/ウェ')).toEqual([]);
  });

  it('[M12] a name that is impossible is not cut down to another one', () => {
    expect(urls("https://kick.com/street'view")).toEqual([]);
    expect(urls('https://www.twitch.tv/..%2f..%2fadmin')).toEqual([]);
    expect(urls('https://player.twitch.tv/?channel=unicornriot&video=123')).toEqual([]);
  });
});

describe('other hosts', () => {
  it.each([
    [`https://evil.example/?next=${kick}`, []],
    [`https://evil.example/,${kick}`, []],
    [`https://evil.example/#'${kick}'`, []],
    [`evil.example/?u=${kick}`, []],
    [`evil.example/(${kick})`, []],
    [`https://evil.example\\@kick.com/streetview`, []],
    ['https://kick.com@evil.example/streetview', []],
    [`https://kick.com:pass@evil.example/,${kick}`, []],
    [`(https://evil.example/x)${kick}`, []],
    [`https://evil.example/ ${kick}`, [kick]],
    [`<https://cnn.com/x><${kick}>`, [kick]],
    [`[news](https://cnn.com/x(y)z)[live](${kick})`, [kick]],
    [`https://cnn.com/x<${kick}>`, [kick]],
  ])('[M13] %j gives %j', (text, expected) => {
    expect(urls(text)).toEqual(expected);
  });

  it.each([
    'https://%6bick.com/streetview',
    'https:///kick.com/streetview',
    'https://ｋｉｃｋ.com/streetview',
    'https://\u212aick.com/streetview',
    'https://ki\u00adck.com/streetview',
    'https://kick.com。/streetview',
    'https://kick.com,evil.example/streetview',
  ])('[M13] %s is not written plainly', (text) => {
    expect(urls(text)).toEqual([]);
    expect(reasons(text)).toHaveLength(1);
  });
});

describe('several links', () => {
  it.each([
    `${twitch}${kick}`,
    `${twitch},${kick}`,
    `${twitch}|${kick}`,
    `${twitch};kick.com/streetview`,
    'twitch.tv/unicornriot,kick.com/streetview',
    `${twitch}?ref=x&y=${kick}`,
    `(${twitch})(${kick})`,
    `[a](${twitch})[b](${kick})`,
    `${twitch}\n${kick}`,
    `${twitch}\t\u00a0${kick}`,
  ])('[M14] %j gives both', (text) => {
    expect(urls(text)).toEqual([twitch, kick]);
  });

  it('[M14] a second host inside a path or query without a scheme is no link', () => {
    expect(urls(`${twitch}?u=kick.com/streetview`)).toEqual([twitch]);
    expect(urls('https://www.twitch.tv/unicornriotkick.com/streetview')).toEqual([]);
  });

  it('[M15] come in message order, one for each stream', () => {
    const text = `kick.com/streetview http://www.twitch.tv/UnicornRiot https://www.kick.com/StreetView/?x=1`;
    expect(urls(text)).toEqual([kick, twitch]);
  });

  it('[M15] keep what only a later mention tells', () => {
    const text =
      'https://www.facebook.com/watch/?v=1234567890 https://www.facebook.com/KCRG/videos/1234567890';
    expect(findLinks(text).links).toHaveLength(1);
    expect(findLinks(text).links[0]).toMatchObject({ start: 0, stream: { username: 'kcrg' } });
  });

  it('[M16] say of each refused one where it stands and why', () => {
    const text = `see https://www.twitch.tv/videos/1 and ${kick} and ftp://kick.com/x or cnn.com/live`;
    expect(findLinks(text).refused).toMatchObject([
      { text: 'https://www.twitch.tv/videos/1', start: 4, reason: 'recording' },
      { text: 'ftp://kick.com/x', reason: 'scheme' },
      { text: 'cnn.com/live', reason: 'not-a-link' },
    ]);
    expect(reasons(`https://evil.example/?next=${kick}`)).toEqual(['host']);
    expect(reasons(`evil.example/?u=${kick}`)).toEqual(['not-a-link']);
  });

  it('[M16] [M18] beyond a number are refused as too many', () => {
    const text = Array.from({ length: MAX_LINKS + MAX_REFUSED + 50 }, (_, n) => `kick.com/cam${n}`).join(' ');
    expect(urls(text)).toHaveLength(MAX_LINKS);
    expect(new Set(reasons(text))).toEqual(new Set(['too-many']));
    expect(reasons(text)).toHaveLength(MAX_REFUSED);
  });
});

describe('media files', () => {
  const take = (text: string) => findLinks(text, { directMedia: true });

  it('[M17] are taken only where that is switched on', () => {
    const text = 'cam: https://cams.example/north/index.m3u8?t=1.';
    expect(urls(text)).toEqual([]);
    expect(take(text).links.map(({ stream }) => stream)).toMatchObject([
      { platform: 'direct', url: 'https://cams.example/north/index.m3u8?t=1' },
    ]);
  });

  it('[M17] of private hosts are never taken, nor are other pages', () => {
    const text =
      'http://192.168.0.2/a.m3u8 http://localhost/a.mp4 http://[::1]/a.mpd https://cams.example/north';
    expect(take(text).links).toEqual([]);
    expect(take(text).refused.map(({ reason }) => reason)).toEqual([
      'private-host',
      'private-host',
      'private-host',
      'host',
    ]);
  });
});
