import { expect, it } from 'vitest';
import { Link } from '#shared/model/stream.ts';
import { tileSource } from './tile-source.ts';

const sourceOf = (
  link: string,
  platform: 'direct' | 'other' | 'twitch' = 'other',
  kind: 'video' | 'web' | 'background' | 'overlay' = 'video',
) => {
  const source = tileSource({ link: Link.parse(link), platform, kind });
  return source.type === 'media' ? source.format : source.type;
};

it.each([
  ['https://a.example/live.m3u8', 'hls'],
  ['https://a.example/live.m3u8?token=1&x=y', 'hls'],
  ['https://a.example/LIVE.M3U8#t', 'hls'],
  ['http://a.example/radio.m3u', 'hls'],
  ['https://a.example/clip.mp4?sig=a.b', 'file'],
  ['https://a.example/clip.mov', 'file'],
  ['https://a.example/clip.webm', 'file'],
  ['https://a.example/radio.mp3', 'file'],
  ['https://a.example/watch?v=clip.mp4', 'page-media'],
  ['https://a.example/', 'page-media'],
  ['https://a.example/manifest.mpd', 'dash'],
  ['https://a.example/manifest.MPD?token=1', 'dash'],
  ['https://a.example/camera/whep', 'whep'],
  ['https://a.example/whep/camera?key=1', 'whep'],
  ['https://customer.a.example/1234/webRTC/play', 'whep'],
  ['https://a.example/whepping', 'page-media'],
  ['https://a.example/stream.f4m', 'unplayable'],
])('%s is shown as %s', (link, shown) => {
  expect(sourceOf(link)).toBe(shown);
});

it('a direct link without a known ending is tried as a file', () => {
  expect(sourceOf('https://a.example/camera/1', 'direct')).toBe('file');
});

it('a page that is to be shown as it is stays a page, whatever its address ends in', () => {
  expect(sourceOf('https://a.example/player.m3u8', 'direct', 'web')).toBe('page');
});

it.each(['background', 'overlay'] as const)('a page of kind %s is a layer of the whole wall', (kind) => {
  expect(sourceOf('https://a.example/clock', 'other', kind)).toBe('layer');
});
