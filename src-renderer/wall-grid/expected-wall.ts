import { inReadingOrder } from '#shared/document/cell-map.ts';
import type { WallView } from '#shared/document/view.ts';
import { placesAfter, type Drop } from './drop.ts';
import { isPlaced } from './wall-lookup.ts';

/**
 * The wall as it will be once the drops that are on their way have arrived: what is drawn, and what the next key builds
 * on. The wall itself while there are none. A stream that is on its way has no tile yet and is left out.
 */
export function expectedWall(wall: WallView, underway: readonly Drop[]): WallView {
  const places = new Map(underway.flatMap((drop) => [...placesAfter(drop)]));
  if (places.size === 0) return wall;
  const all = [...wall.tiles, ...wall.bench].map((tile) => {
    const place = places.get(tile.id);
    return place === undefined ? tile : { ...tile, place };
  });
  const tiles = all.filter(isPlaced).sort((a, b) => inReadingOrder(a.place, b.place));
  return { ...wall, tiles, bench: all.filter((tile) => !isPlaced(tile)) };
}
