import type { Session, WebContentsView } from 'electron';
import type { Clock } from '#shared/kernel/clock.ts';
import type { Logger } from '#shared/kernel/logger.ts';
import type { TileId } from '#shared/model/ids.ts';
import type { TileFault } from '#shared/protocol/tile-report.ts';
import { PlayerSaid, type PixelRect, type PlayerTile } from '#shared/protocol/wall-layers.ts';
import { choosePage, DEATHS_TO_BE_ALONE } from './assign-player-pages.ts';
import { openOwnView, type OwnView } from './layer-views.ts';
import type { HostedTile, TileHost, TileListener } from './tile-host.ts';
import type { After } from './timers.ts';
import type { PixelSize } from './wall-geometry.ts';

export type PlayerPagesOptions = {
  readonly url: string;
  readonly preload: string;
  readonly session: Session;
  /** Where the pages stand: beneath all else that shows tiles. */
  readonly addView: (view: WebContentsView) => void;
  readonly removeView: (view: WebContentsView) => void;
  readonly wallSize: () => PixelSize;
  /** So many tiles share a page; 1 gives every tile a page of its own. */
  readonly perPage: number;
  readonly clock: Clock;
  readonly after: After;
  readonly say: TileListener;
  readonly log: Logger;
};

type Page = {
  readonly number: number;
  readonly isAlone: boolean;
  readonly own: OwnView<PlayerSaid>;
  readonly tiles: Map<TileId, Playing>;
  isReady: boolean;
  lastHeardMs: number;
};

type Playing = { readonly tile: HostedTile; readonly attempt: number };

/** Our page says that it lives twice a second; silent for so long, it hangs. A page that starts gets more. */
const HUNG_MS = 8_000;
const STARTING_MS = 20_000;
const LOOK_EVERY_MS = 1_000;

/** So many addresses are remembered for having been there when a page died. */
const MAX_SUSPECTS = 200;

/**
 * Plays direct media in a few pages of our own, each with the tiles of up to eight streams. A page that dies or hangs is
 * replaced: its tiles are told as crashed, and their next attempt finds a new page. Media that was there twice when its
 * page died is kept away from others.
 */
export function createPlayerPages(options: PlayerPagesOptions): TileHost {
  const { perPage } = options;
  const { nowMs } = options.clock;
  const pages = new Map<number, Page>();
  const deaths = new Map<string, number>();

  const pageOf = (id: TileId): Page | undefined => [...pages.values()].find(({ tiles }) => tiles.has(id));

  const tell = (page: Page): void => {
    if (!page.isReady) return;
    const origin = page.isAlone ? originOf(page) : { x: 0, y: 0 };
    page.own.tell({ tiles: [...page.tiles.values()].flatMap((playing) => toPlayerTile(playing, origin)) });
  };

  const place = (page: Page): void => {
    const { width, height } = options.wallSize();
    const [only] = page.tiles.values();
    page.own.view.setBounds(
      page.isAlone && only !== undefined ? only.tile.rect : { x: 0, y: 0, width, height },
    );
  };

  const retire = (page: Page): void => {
    pages.delete(page.number);
    options.removeView(page.own.view);
    page.own.close();
  };

  const lose = (page: Page, reason: string): void => {
    if (pages.get(page.number) !== page) return;
    options.log.warn('A player page was lost.', { reason, tiles: page.tiles.size });
    retire(page);
    const fault: TileFault = reason === 'oom' ? 'out-of-memory' : 'crashed';
    for (const { tile, attempt } of page.tiles.values()) {
      suspect(deaths, tile.source.url);
      options.say({ tile: tile.id, attempt, event: { type: 'failed', fault } });
    }
  };

  const open = (number: number, isAlone: boolean): Page => {
    const own = openOwnView({
      url: options.url,
      preload: options.preload,
      session: options.session,
      says: PlayerSaid,
      log: options.log,
      onGone: (reason) => {
        lose(page, reason);
      },
    });
    const page: Page = {
      number,
      isAlone,
      own,
      tiles: new Map(),
      isReady: false,
      lastHeardMs: nowMs(),
    };
    own.onSaid((said) => {
      page.lastHeardMs = nowMs();
      if (said.type === 'ready') {
        page.isReady = true;
        tell(page);
      } else if (said.type === 'tile' && page.tiles.has(said.said.tile)) {
        options.say(said.said);
      }
    });
    pages.set(number, page);
    options.addView(own.view);
    return page;
  };

  const findPage = (tile: HostedTile): Page => {
    const current = pageOf(tile.id);
    const isSuspect = (deaths.get(tile.source.url) ?? 0) >= DEATHS_TO_BE_ALONE;
    if (current !== undefined && (!isSuspect || current.isAlone)) {
      return current;
    } else if (current !== undefined) {
      leave(current, tile.id);
    }
    const mustBeAlone = isSuspect || perPage === 1;
    const held = new Map([...pages].map(([number, { tiles }]) => [number, new Set(tiles.keys())]));
    const alone = new Set([...pages.values()].filter(({ isAlone }) => isAlone).map(({ number }) => number));
    const number = choosePage(held, alone, { mustBeAlone, perPage });
    return pages.get(number) ?? open(number, mustBeAlone);
  };

  const leave = (page: Page, id: TileId): void => {
    page.tiles.delete(id);
    if (page.tiles.size === 0) retire(page);
    else tell(page);
  };

  const look = (): void => {
    for (const page of [...pages.values()]) {
      const silentMs = nowMs() - page.lastHeardMs;
      if (silentMs >= (page.isReady ? HUNG_MS : STARTING_MS)) lose(page, 'hung');
    }
    stopLooking = options.after(LOOK_EVERY_MS, look);
  };
  let stopLooking = options.after(LOOK_EVERY_MS, look);

  return {
    load: (tile, attempt) => {
      const page = findPage(tile);
      page.tiles.set(tile.id, { tile, attempt });
      place(page);
      tell(page);
    },
    adjust: (tile) => {
      const page = pageOf(tile.id);
      const playing = page?.tiles.get(tile.id);
      if (page === undefined || playing === undefined) return;
      page.tiles.set(tile.id, { tile, attempt: playing.attempt });
      place(page);
      tell(page);
    },
    drop: (id) => {
      const page = pageOf(id);
      if (page !== undefined) leave(page, id);
    },
    resize: () => {
      for (const page of pages.values()) place(page);
    },
    close: async () => {
      stopLooking();
      for (const page of [...pages.values()]) retire(page);
      return Promise.resolve();
    },
  };
}

function suspect(deaths: Map<string, number>, url: string): void {
  const count = (deaths.get(url) ?? 0) + 1;
  deaths.delete(url);
  deaths.set(url, count);
  const oldest = deaths.keys().next();
  if (deaths.size > MAX_SUSPECTS && oldest.done === false) deaths.delete(oldest.value);
}

function originOf({ tiles }: Page): { readonly x: number; readonly y: number } {
  const [only] = tiles.values();
  return only?.tile.rect ?? { x: 0, y: 0 };
}

function toPlayerTile(
  { tile, attempt }: Playing,
  origin: { readonly x: number; readonly y: number },
): PlayerTile[] {
  const { id, source, rect, look, sound } = tile;
  if (source.type !== 'media') return [];
  const shifted: PixelRect = { ...rect, x: rect.x - origin.x, y: rect.y - origin.y };
  return [{ id, url: source.url, format: source.format, attempt, rect: shifted, look, sound }];
}
