import { createDiscontinuityRebase } from './rebase-discontinuities.ts';

/** A day of segments of two seconds. hls.js keeps an object for each. */
const MAX_SEGMENTS = 50_000;

/** Names advertisements and programmes, of which a tile shows nothing. hls.js compares each with each. */
const DATE_RANGE = /^#EXT-X-DATERANGE:.*$/gm;

/** @returns for each playlist of one stream, the same text without what hls.js cannot bear; null where it is too long */
export function createBearablePlaylist(): (playlist: string) => string | null {
  const rebase = createDiscontinuityRebase();
  return (playlist) => {
    const segments = playlist.match(/^#EXTINF/gm)?.length ?? 0;
    return segments > MAX_SEGMENTS ? null : rebase(playlist.replace(DATE_RANGE, ''));
  };
}
