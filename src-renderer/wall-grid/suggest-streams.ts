import type { StreamView, WallView } from '#shared/document/view.ts';
import type { StreamSearch } from '../stream-table/search-streams.ts';

const MOST = 7;

/**
 * The streams to offer for what was typed at a cell, best first: the one with exactly that code, then codes that begin
 * so, then any that match; with nothing typed, what is live and not on the wall. `ordered` is in the order of the list.
 */
export function suggestStreams(
  ordered: readonly StreamView[],
  wall: WallView,
  text: string,
  search: StreamSearch,
): readonly StreamView[] {
  const inTiles = ordered.filter((stream) => stream.kind !== 'background' && stream.kind !== 'overlay');
  if (text.trim() !== '') return search(inTiles, text).slice(0, MOST);
  const shown = new Set(wall.tiles.map((tile) => tile.stream));
  return inTiles.filter((stream) => !shown.has(stream.id)).slice(0, MOST);
}
