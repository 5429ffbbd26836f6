/** Renditions of one stream may lag a little behind the one that was read first. */
const MARGIN = 100;
/** hls.js keeps an array as long as the highest number it meets, and walks through it. */
const MAX = 10_000;

const LINE = /^#EXT-X-DISCONTINUITY-SEQUENCE:\s*(\d{1,20})\s*$/m;

/**
 * Counts a stream's discontinuities from about where one began to look. A channel that has run for years, or a playlist
 * made to do harm, has numbers for which hls.js would build arrays of billions and stand still.
 * @returns for each playlist of one stream, the same text with that number made small; equal numbers stay equal
 */
export function createDiscontinuityRebase(): (playlist: string) => string {
  let first: number | undefined;
  return (playlist) =>
    playlist.replace(LINE, (_line, digits: string) => {
      const number = Number(digits);
      first ??= number;
      const rebased = Math.min(MAX, Math.max(0, number - first + MARGIN));
      return `#EXT-X-DISCONTINUITY-SEQUENCE:${String(rebased)}`;
    });
}
