import type { TileId } from '#shared/model/ids.ts';

/** Which tiles each player page plays, by the page's number. */
export type PageTiles = ReadonlyMap<number, ReadonlySet<TileId>>;

/** So many tiles share a page: one that dies takes no more with it. */
export const TILES_PER_PAGE = 8;

/** Media whose page died so often is suspected of killing it, and gets a page of its own. */
export const DEATHS_TO_BE_ALONE = 2;

/**
 * The page for a tile that has none yet: the first shared page with room, or a new one. A tile that must be alone gets a
 * new page, and no other tile is ever put beside it.
 * @param alone the pages that hold one tile for good
 * @returns the number of a page that is there, or one above all of them
 */
export function choosePage(
  pages: PageTiles,
  alone: ReadonlySet<number>,
  options: { readonly mustBeAlone: boolean; readonly perPage: number },
): number {
  const next = Math.max(-1, ...pages.keys()) + 1;
  if (options.mustBeAlone) return next;
  for (const [number, tiles] of pages) {
    if (!alone.has(number) && tiles.size < options.perPage) return number;
  }
  return next;
}
