import type { Event, WebContents } from 'electron';
import type { TileId } from '#shared/model/ids.ts';
import { createPageTile, type PageTile, type PageTileParts } from './page-views-tile.ts';
import { readProcessMemory } from './page-views-memory.ts';
import type { TileHost } from './tile-host.ts';

/** A page that takes all it can get takes some hundred megabytes a second. */
const LOOK_AT_MEMORY_MS = 1_500;

/** Shows pages of the web, each tile in a view of its own. */
export function createPageViews(parts: PageTileParts): TileHost {
  const tiles = new Map<TileId, PageTile>();
  const refuseDownload = (_event: Event, _item: unknown, contents: WebContents): void => {
    for (const tile of tiles.values()) tile.refuseDownload(contents);
  };
  const lookAtMemory = (): void => {
    if (tiles.size > 0) {
      const byProcess = readProcessMemory();
      for (const tile of tiles.values()) tile.limitMemory(byProcess);
    }
    stopLooking = parts.after(LOOK_AT_MEMORY_MS, lookAtMemory);
  };
  let stopLooking = parts.after(LOOK_AT_MEMORY_MS, lookAtMemory);
  parts.sites.session.on('will-download', refuseDownload);

  return {
    load: (tile, attempt) => {
      const known = tiles.get(tile.id) ?? createPageTile(parts);
      tiles.set(tile.id, known);
      known.load(tile, attempt);
    },
    adjust: (tile) => tiles.get(tile.id)?.adjust(tile),
    drop: (id) => {
      tiles.get(id)?.close();
      tiles.delete(id);
    },
    seen: (id) => tiles.get(id)?.seen(),
    // Tiles follow by `adjust`.
    resize: () => undefined,
    close: async () => {
      stopLooking();
      parts.sites.session.off('will-download', refuseDownload);
      for (const tile of tiles.values()) tile.close();
      tiles.clear();
      return Promise.resolve();
    },
  };
}
