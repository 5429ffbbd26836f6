import type * as Y from 'yjs';
import { readCopies } from '#shared/document/record-root.ts';
import { valueOf } from '#shared/document/stored-value.ts';
import { readStreamUrl, streamIdOf } from '#shared/model/stream-url.ts';

/** Platforms of which nothing new is taken now, by name. */
export type PausedPlatforms = { readonly size: number; readonly has: (platform: string) => boolean };

/** Where a catalogue keeps what its streams are. */
export const STREAM_LINKS = { root: 'streams', field: 'link' } as const;

/**
 * Of which paused platform an edit brings a stream that is not there. What a link leads to counts, whatever else its record
 * says of itself; to write the link of a stream that is there is no news.
 * @param doc the catalogue before the edit; it is only read
 * @param links what the edit writes into links, as it is stored, unchecked
 */
export function newOfPaused(
  doc: Y.Doc,
  links: readonly unknown[],
  paused: PausedPlatforms,
): string | undefined {
  for (const stored of links) {
    const link = valueOf(stored);
    const read = typeof link === 'string' ? readStreamUrl(link) : undefined;
    if (read?.ok !== true || !paused.has(read.value.platform)) continue;
    const copies = readCopies(doc.getMap<unknown>(STREAM_LINKS.root), streamIdOf(read.value.url));
    if (copies.length === 0) return read.value.platform;
  }
  return undefined;
}
