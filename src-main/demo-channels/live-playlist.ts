import type { Clip } from './read-clip.ts';

/** So many segments a playlist shows: a player starts three from the end. */
const WINDOW = 6;

/**
 * The playlist of a channel that has been live for ever, looping one clip: a window of the newest segments that slides
 * with the clock. It depends on nothing but the time, so that a server that starts again goes on where it was.
 * @param nowMs milliseconds since 1970 UTC
 * @param folder where the segments are, as the playlist's reader sees it, ending in a slash
 */
export function livePlaylist({ map, segments }: Clip, nowMs: number, folder: string): string {
  const longest = Math.max(...segments.map(({ seconds }) => seconds));
  const segmentMs = longest * 1000;
  // The last whole segment ended by now; the one that is being made is not shown.
  const newest = Math.floor(nowMs / segmentMs) - 1;
  const first = Math.max(0, newest - WINDOW + 1);
  const lines = [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    `#EXT-X-TARGETDURATION:${String(Math.ceil(longest))}`,
    `#EXT-X-MEDIA-SEQUENCE:${String(first)}`,
    `#EXT-X-DISCONTINUITY-SEQUENCE:${String(loopsBefore(first, segments.length))}`,
  ];
  for (let number = first; number <= newest; number++) {
    const segment = segments[number % segments.length];
    if (segment === undefined) continue;
    if (number % segments.length === 0 && number > first) lines.push('#EXT-X-DISCONTINUITY');
    if (map !== undefined && (number === first || number % segments.length === 0)) {
      lines.push(
        `#EXT-X-MAP:URI="${folder}${map.file}",BYTERANGE="${String(map.length)}@${String(map.offset)}"`,
      );
    }
    lines.push(
      `#EXTINF:${segment.seconds.toFixed(3)},`,
      `#EXT-X-BYTERANGE:${String(segment.length)}@${String(segment.offset)}`,
      `${folder}${segment.file}`,
    );
  }
  return `${lines.join('\n')}\n`;
}

/** How many times the clip has begun anew before a segment that is not itself marked as such a beginning. */
const loopsBefore = (number: number, length: number): number => Math.floor(number / length);
