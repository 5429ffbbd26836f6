/** What one look at an HLS playlist tells. */
export type Playlist =
  | { readonly type: 'not-a-playlist' }
  /** It leads to others, the best guess first. */
  | { readonly type: 'master'; readonly variants: readonly string[] }
  | {
      readonly type: 'media';
      readonly hasEnd: boolean;
      /** Changes when the playlist moves on. */
      readonly mark: string;
      readonly targetSeconds: number;
    };

/** Reads an HLS playlist (RFC 8216), as far as it says whether it goes on. */
export function readPlaylist(text: string): Playlist {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/, 20_000)
    .map((line) => line.trim());
  if (lines[0] !== '#EXTM3U') return { type: 'not-a-playlist' };
  const uris = lines.filter((line) => line !== '' && !line.startsWith('#'));
  if (lines.some((line) => line.startsWith('#EXT-X-STREAM-INF'))) return { type: 'master', variants: uris };
  const valueOf = (tag: string) => lines.find((line) => line.startsWith(`${tag}:`))?.slice(tag.length + 1);
  const target = Number(valueOf('#EXT-X-TARGETDURATION'));
  return {
    type: 'media',
    hasEnd: lines.includes('#EXT-X-ENDLIST') || valueOf('#EXT-X-PLAYLIST-TYPE') === 'VOD',
    mark: `${valueOf('#EXT-X-MEDIA-SEQUENCE') ?? '0'} ${uris.length} ${(uris.at(-1) ?? '').slice(-200)}`,
    targetSeconds: target > 0 && target < 600 ? target : 10,
  };
}
