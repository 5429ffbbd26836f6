import type { TileLevel } from '#shared/protocol/tile-still.ts';
import { createListeners } from '#shared/kernel/listeners.ts';

/** How loud the tiles of a wall are, put together from what each player page says of its own. */
export type Levels = {
  /** @param levels all of that page; a tile that is not named makes no sound there */
  readonly hear: (page: number | string, levels: readonly TileLevel[]) => void;
  /** @returns how to stop */
  readonly onLevels: (listener: (levels: readonly TileLevel[]) => void) => () => void;
};

export function createLevels(): Levels {
  const byPage = new Map<number | string, readonly TileLevel[]>();
  const listeners = createListeners<readonly TileLevel[]>();
  return {
    hear: (page, levels) => {
      if (levels.length === 0 && !byPage.delete(page)) return;
      if (levels.length > 0) byPage.set(page, levels);
      listeners.tell([...byPage.values()].flat());
    },
    onLevels: listeners.add,
  };
}
