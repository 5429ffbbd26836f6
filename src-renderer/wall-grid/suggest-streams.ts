import type { StreamView, WallView } from '#shared/document/view.ts';
import { isLayer } from '../stream-table/decide-placing.ts';
import type { LinkVerdict } from '../stream-table/judge-link.ts';
import type { StreamSearch } from '../stream-table/search-streams.ts';

const MOST = 7;

/** What can be chosen at a cell: a stream of the list, or a link that becomes one. */
export type Offer =
  | { readonly kind: 'stream'; readonly stream: StreamView }
  | { readonly kind: 'add'; readonly verdict: LinkVerdict & { readonly kind: 'good' } };

/** What to offer for what was typed or pasted at a cell, best first. A link is its stream, or the offer to add it. */
export function offersFor(
  ordered: readonly StreamView[],
  wall: WallView,
  text: string,
  verdict: LinkVerdict,
  search: StreamSearch,
): readonly Offer[] {
  if (verdict.kind === 'good') {
    const known = ordered.find((stream) => stream.id === verdict.id);
    return [known === undefined ? { kind: 'add', verdict } : { kind: 'stream', stream: known }];
  }
  return suggestStreams(ordered, wall, text, search).map((stream) => ({ kind: 'stream', stream }));
}

/**
 * The one with exactly that code, then codes that begin
 * so, then any that match; with nothing typed, what is live and not on the wall. `ordered` is in the order of the list.
 */
function suggestStreams(
  ordered: readonly StreamView[],
  wall: WallView,
  text: string,
  search: StreamSearch,
): readonly StreamView[] {
  const inTiles = ordered.filter((stream) => !isLayer(stream));
  if (text.trim() !== '') return search(inTiles, text).slice(0, MOST);
  const shown = new Set(wall.tiles.map((tile) => tile.stream));
  return inTiles.filter((stream) => !shown.has(stream.id)).slice(0, MOST);
}
