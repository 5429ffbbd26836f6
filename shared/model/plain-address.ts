import type { Platform, StreamKind } from './stream.ts';

/** Query parameters that follow people around and never change what a page shows. */
const tracking = new Set(
  `fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid twclid ttclid li_fat_id igsh igshid mibextid mc_cid mc_eid mkt_tok
  _ga _gl _hsenc _hsmi vero_id wickedid`.split(/\s+/),
);

/** File endings of moving pictures and of playlists that lead to them (HLS, DASH). */
const videoFile = /\.(?:m3u8|mpd|mp4|m4v|webm)$/i;
const audioFile = /\.(?:mp3|aac|m4a|ogg|opus)$/i;

/**
 * What can be said of an address that belongs to no platform. It is changed as little as possible: an unknown site may
 * mean anything by its path and query, so only well-known tracking parameters go; the rest keeps its order and spelling.
 */
export function readPlainAddress(address: URL): { platform: Platform; kind: StreamKind; url: string } {
  const query = withoutTracking(address.search);
  const url = `${address.protocol}//${address.host}${address.pathname}${query}`;
  if (videoFile.test(address.pathname)) return { platform: 'direct', kind: 'video', url };
  if (audioFile.test(address.pathname)) return { platform: 'direct', kind: 'audio', url };
  return { platform: 'other', kind: 'video', url };
}

function withoutTracking(search: string): string {
  const kept = search
    .slice(1)
    .split('&')
    .filter((pair) => pair !== '' && !isTracking(pair));
  return kept.length === 0 ? '' : `?${kept.join('&')}`;
}

function isTracking(pair: string): boolean {
  const name = (pair.split('=', 1)[0] ?? '').toLowerCase();
  return name.startsWith('utm_') || tracking.has(name);
}
