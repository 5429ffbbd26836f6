/** So many tiles share a page: one that dies takes no more with it. */
export const TILES_PER_PAGE = 8;

/** Media whose page died so often is suspected of killing it, and gets a page of its own. */
const DEATHS_TO_BE_ALONE = 2;

/** So many addresses are remembered for having been there when a page died. */
const MAX_REMEMBERED = 200;

/** What choosing needs to know of a page. */
export type PageRoom = {
  readonly number: number;
  /** It holds one tile for good. */
  readonly isAlone: boolean;
  readonly tiles: { readonly size: number };
};

/**
 * The page for a tile that has none yet: the first shared page with room, or a new one. A tile that must be alone gets a
 * new page, and no other tile is ever put beside it.
 * @returns the number of a page that is there, or one above all of them
 */
export function choosePage(
  pages: readonly PageRoom[],
  { mustBeAlone, perPage }: { readonly mustBeAlone: boolean; readonly perPage: number },
): number {
  const next = Math.max(-1, ...pages.map(({ number }) => number)) + 1;
  if (mustBeAlone) return next;
  return pages.find(({ isAlone, tiles }) => !isAlone && tiles.size < perPage)?.number ?? next;
}

/** Remembers which addresses were there when a page died: the latest few, and how often. */
export type Suspects = {
  readonly note: (url: string) => void;
  /** It is to be kept away from others. */
  readonly has: (url: string) => boolean;
};

export function createSuspects(): Suspects {
  const deaths = new Map<string, number>();
  return {
    note: (url) => {
      const count = (deaths.get(url) ?? 0) + 1;
      deaths.delete(url);
      deaths.set(url, count);
      const oldest = deaths.keys().next();
      if (deaths.size > MAX_REMEMBERED && oldest.done === false) deaths.delete(oldest.value);
    },
    has: (url) => (deaths.get(url) ?? 0) >= DEATHS_TO_BE_ALONE,
  };
}
