import { expect, it } from 'vitest';
import { createBearablePlaylist } from './bearable-playlist.ts';

const SEGMENT = '#EXTINF:2,\na.ts\n';

it('date ranges are left out, and all else stays in its place', () => {
  const ranges = '#EXT-X-DATERANGE:ID="1",START-DATE="2026-01-01T00:00:00Z"\n'.repeat(3);
  const text = `#EXTM3U\n${SEGMENT}${ranges}${SEGMENT}`;
  const lines = createBearablePlaylist()(text)?.split('\n').filter(Boolean);
  expect(lines).toEqual(['#EXTM3U', '#EXTINF:2,', 'a.ts', '#EXTINF:2,', 'a.ts']);
});

it('a list of a day is read, and one of more segments than that is not', () => {
  expect(createBearablePlaylist()(SEGMENT.repeat(50_000))).not.toBeNull();
  expect(createBearablePlaylist()(SEGMENT.repeat(50_001))).toBeNull();
});

it('the numbers of discontinuities are made small', () => {
  const text = `#EXTM3U\n#EXT-X-DISCONTINUITY-SEQUENCE:4294967295\n${SEGMENT}`;
  expect(createBearablePlaylist()(text)).toMatch(/SEQUENCE:\d{1,4}\n/);
});
