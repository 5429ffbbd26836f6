import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { livePlaylist } from './live-playlist.ts';
import type { Clip } from './read-clip.ts';

const clip: Clip = {
  map: undefined,
  segments: [0, 1, 2, 3].map((index) => ({ file: 'a.ts', offset: index * 100, length: 100, seconds: 2 })),
};
const NOW = 1_790_000_000_000;
const loop = (nowMs: number) => livePlaylist(clip, nowMs, '/clips/');

type Entry = { number: number; offset: number; discontinuity: number };

/** Reads a playlist as a player would: each segment's number, place in the clip and count of discontinuities so far. */
function entries(playlist: string): Entry[] {
  const read = (tag: string) => Number(new RegExp(`#${tag}:(\\d+)`).exec(playlist)?.[1]);
  let number = read('EXT-X-MEDIA-SEQUENCE');
  let discontinuity = read('EXT-X-DISCONTINUITY-SEQUENCE');
  let offset = 0;
  const found: Entry[] = [];
  for (const line of playlist.split('\n')) {
    if (line === '#EXT-X-DISCONTINUITY') discontinuity += 1;
    if (line.startsWith('#EXT-X-BYTERANGE:')) offset = Number(line.split('@')[1]);
    if (line.startsWith('/')) found.push({ number: number++, offset, discontinuity });
  }
  return found;
}

describe('the playlist of a channel that is always live', () => {
  it('shows six segments and no end', () => {
    expect(entries(loop(NOW))).toHaveLength(6);
    expect(loop(NOW)).not.toContain('ENDLIST');
  });

  it('slides by one segment in the time of one, and by none before', () => {
    const [now, later] = [entries(loop(NOW)), entries(loop(NOW + 2000))];
    expect(later.slice(0, 5)).toEqual(now.slice(1));
    expect(loop(NOW + 1999)).toBe(loop(NOW));
  });

  it('gives a segment the same number, bytes and count of loops in every playlist that shows it', () => {
    fc.assert(
      fc.property(fc.nat(100), fc.nat(12_000), (start, step) => {
        const before = entries(loop(NOW + start * 777));
        const after = entries(loop(NOW + start * 777 + step));
        for (const entry of after) {
          const same = before.find(({ number }) => number === entry.number);
          if (same !== undefined) expect(entry).toEqual(same);
        }
      }),
    );
  });

  it('repeats what a player must read first after each loop', () => {
    const playlist = livePlaylist({ ...clip, map: { file: 'a.mp4', offset: 0, length: 7 } }, NOW, '/clips/');
    const maps = playlist.split('#EXT-X-MAP').length - 1;
    const breaks = playlist.split('#EXT-X-DISCONTINUITY\n').length - 1;
    expect(maps).toBe(breaks + 1);
  });
});
