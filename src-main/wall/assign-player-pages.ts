/** So many tiles share a page: one that dies takes no more with it. */
export const TILES_PER_PAGE = 8;

/** Media whose page died so often is suspected of killing it, and gets a page of its own. */
const DEATHS_TO_BE_ALONE = 2;

/**
 * A death counts against it for so long. Most that are suspected were only beside the one that did it, and a page for each
 * costs memory: the next time that they are put on the wall, they share one again.
 */
const SUSPECTED_MS = 10 * 60_000;

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

/** Remembers which addresses were there when a page died: the latest few, and when. Times are in ms, of any clock that goes on. */
export type Suspects = {
  readonly note: (url: string, atMs: number) => void;
  /** It is to be kept away from others. */
  readonly has: (url: string, atMs: number) => boolean;
};

export function createSuspects(): Suspects {
  const deaths = new Map<string, readonly number[]>();
  const lately = (url: string, atMs: number): readonly number[] =>
    (deaths.get(url) ?? []).filter((diedMs) => atMs - diedMs < SUSPECTED_MS);
  return {
    note: (url, atMs) => {
      const known = [...lately(url, atMs), atMs].slice(-DEATHS_TO_BE_ALONE);
      deaths.delete(url);
      deaths.set(url, known);
      const oldest = deaths.keys().next();
      if (deaths.size > MAX_REMEMBERED && oldest.done === false) deaths.delete(oldest.value);
    },
    has: (url, atMs) => lately(url, atMs).length >= DEATHS_TO_BE_ALONE,
  };
}
