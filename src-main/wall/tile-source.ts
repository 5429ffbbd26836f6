import type { StreamView } from '#shared/document/view.ts';
import type { MediaFormat } from '#shared/protocol/wall-layers.ts';

/** What a tile shows, as those who show it need to know it. */
export type TileSource =
  /** A file or playlist that our own player plays. */
  | { readonly type: 'media'; readonly url: string; readonly format: MediaFormat }
  /** Somebody's page, whose best media fills the tile. */
  | { readonly type: 'page-media'; readonly url: string }
  /** Somebody's page as it is. */
  | { readonly type: 'page'; readonly url: string }
  /** Somebody's page as it is, over the whole wall: beneath all tiles, or over them. */
  | { readonly type: 'layer'; readonly url: string; readonly layer: 'background' | 'overlay' }
  /** It lies in a private network, and nobody here allowed it. */
  | { readonly type: 'fenced'; readonly url: string }
  /** Media of a kind that nothing here can play. */
  | { readonly type: 'unplayable'; readonly url: string };

const PLAYLIST = /\.m3u8?$/i;
const FILE = /\.(?:mp4|m4v|mov|webm|mkv|ogv|mp3|aac|m4a|ogg|oga|opus|flac|wav)$/i;
const DASH = /\.mpd$/i;
/** The usual end of a WHEP address, and that of a service that has its own. */
const WHEP = /\/(?:whep(?:\/[^/]+)?|webrtc\/play)\/?$/i;
const UNPLAYABLE = /\.(?:f4m|isml?)$/i;

/** The ending of the path says what a link is, whatever stands in its query. */
export function tileSource(stream: Pick<StreamView, 'link' | 'kind' | 'platform'>): TileSource {
  const { link: url } = stream;
  if (stream.kind === 'background' || stream.kind === 'overlay')
    return { type: 'layer', url, layer: stream.kind };
  if (stream.kind === 'web') return { type: 'page', url };
  const path = new URL(url).pathname;
  if (PLAYLIST.test(path)) return { type: 'media', url, format: 'hls' };
  if (DASH.test(path)) return { type: 'media', url, format: 'dash' };
  if (WHEP.test(path)) return { type: 'media', url, format: 'whep' };
  if (UNPLAYABLE.test(path)) return { type: 'unplayable', url };
  if (FILE.test(path) || stream.platform === 'direct') return { type: 'media', url, format: 'file' };
  return { type: 'page-media', url };
}

export const sameSource = (a: TileSource, b: TileSource): boolean => a.type === b.type && a.url === b.url;
