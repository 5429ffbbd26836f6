import type { WebContentsView } from 'electron';
import type { TileId } from '#shared/model/ids.ts';
import { choosePage, createSuspects } from './assign-player-pages.ts';
import { goneFault } from './page-faults.ts';
import { openPlayerPage, type PlayerPage, type PlayerPageParts } from './player-pages-page.ts';
import type { HostedTile, TileHost } from './tile-host.ts';
import type { After } from './timers.ts';

export type PlayerPagesParts = PlayerPageParts & {
  /** Where the pages stand: beneath all else that shows tiles. */
  readonly addView: (view: WebContentsView) => void;
  readonly removeView: (view: WebContentsView) => void;
  /** So many tiles share a page; 1 gives every tile a page of its own. */
  readonly perPage: number;
  readonly after: After;
};

const LOOK_EVERY_MS = 1_000;
/** Looks that lie so far apart were not made in time. */
const ASLEEP_MS = 3_000;

/**
 * Plays direct media in a few pages of our own, each with the tiles of several streams. A page that dies or hangs is
 * replaced: its tiles are told as crashed, and their next attempt finds a new page. Media that was there twice when its
 * page died is kept away from others for a while.
 */
export function createPlayerPages(
  parts: PlayerPagesParts,
): TileHost & { /** How the wall sounds has changed. */ readonly retell: () => void } {
  const pages = createPageTable(parts);
  let lookedMs = parts.clock.nowMs();
  const look = (): void => {
    const sinceMs = parts.clock.nowMs() - lookedMs;
    lookedMs += sinceMs;
    // The machine slept, or this very process was held up: what was said meanwhile is still to be heard.
    if (sinceMs > ASLEEP_MS) for (const page of pages.all()) page.excuse();
    pages.loseHung();
    stopLooking = parts.after(LOOK_EVERY_MS, look);
  };
  let stopLooking = parts.after(LOOK_EVERY_MS, look);

  return {
    load: (tile, attempt) => {
      pages.for(tile).put({ tile, attempt });
    },
    adjust: (tile) => {
      const page = pages.of(tile.id);
      const playing = page?.tiles.get(tile.id);
      if (playing !== undefined) page?.put({ tile, attempt: playing.attempt });
    },
    drop: (id) => {
      const page = pages.of(id);
      if (page !== undefined) pages.leave(page, id);
    },
    seen: (id) => {
      const page = pages.of(id);
      const rect = page?.tiles.get(id)?.tile.rect;
      if (page === undefined || rect === undefined) return undefined;
      return { view: page.view, rect: page.isAlone ? { ...rect, x: 0, y: 0 } : rect };
    },
    resize: () => {
      for (const page of pages.all()) page.resize();
    },
    retell: () => {
      for (const page of pages.all()) page.retell();
    },
    close: async () => {
      stopLooking();
      for (const page of pages.all()) pages.retire(page);
      return Promise.resolve();
    },
  };
}

type PageTable = {
  readonly all: () => readonly PlayerPage[];
  readonly of: (tile: TileId) => PlayerPage | undefined;
  /** The page where the tile is to play: the one where it is, unless it is to be alone from now on. */
  readonly for: (tile: HostedTile) => PlayerPage;
  /** A page without tiles is closed. */
  readonly leave: (page: PlayerPage, tile: TileId) => void;
  readonly retire: (page: PlayerPage) => void;
  readonly loseHung: () => void;
};

function createPageTable(parts: PlayerPagesParts): PageTable {
  const { perPage } = parts;
  const pages = new Map<number, PlayerPage>();
  const suspects = createSuspects();
  const all = (): readonly PlayerPage[] => [...pages.values()];
  const of = (id: TileId): PlayerPage | undefined => all().find(({ tiles }) => tiles.has(id));

  const retire = (page: PlayerPage): void => {
    pages.delete(page.number);
    parts.removeView(page.view);
    page.close();
  };
  const leave = (page: PlayerPage, id: TileId): void => {
    page.remove(id);
    if (page.tiles.size === 0) retire(page);
  };
  const lose = (page: PlayerPage, reason: string): void => {
    if (pages.get(page.number) !== page) return;
    parts.log.warn('A player page was lost.', { reason, tiles: page.tiles.size });
    retire(page);
    for (const { tile, attempt } of page.tiles.values()) {
      suspects.note(tile.source.url, parts.clock.nowMs());
      parts.say({ tile: tile.id, attempt, event: { type: 'failed', fault: goneFault(reason) } });
    }
  };
  const open = (number: number, isAlone: boolean): PlayerPage => {
    const page = openPlayerPage(parts, {
      number,
      isAlone,
      onGone: (reason) => {
        lose(page, reason);
      },
    });
    pages.set(number, page);
    parts.addView(page.view);
    return page;
  };
  return {
    all,
    of,
    for: (tile) => {
      const mustBeAlone = perPage === 1 || suspects.has(tile.source.url, parts.clock.nowMs());
      const current = of(tile.id);
      if (current !== undefined && (current.isAlone || !mustBeAlone)) return current;
      if (current !== undefined) leave(current, tile.id);
      const number = choosePage(all(), { mustBeAlone, perPage });
      return pages.get(number) ?? open(number, mustBeAlone);
    },
    leave,
    retire,
    loseHung: () => {
      for (const page of all()) if (page.hangs()) lose(page, 'hung');
    },
  };
}
