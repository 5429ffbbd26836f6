import type { Event, Session, WebContents, WebContentsView } from 'electron';
import type { Logger } from '#shared/kernel/logger.ts';
import type { TileId } from '#shared/model/ids.ts';
import { openPage, type OpenPage } from './page-views-page.ts';
import type { HostedTile, TileHost, TileListener } from './tile-host.ts';

export type PageViewsOptions = {
  readonly preload: string;
  readonly session: Session;
  /** Where the pages stand: above the player pages, beneath the overlay; each new one beneath those before it. */
  readonly addView: (view: WebContentsView) => void;
  readonly removeView: (view: WebContentsView) => void;
  readonly say: TileListener;
  readonly log: Logger;
};

/** What a tile has open: the page that is to be seen, and the one that is seen until that plays. */
type Entry = {
  tile: HostedTile;
  attempt: number;
  page: OpenPage;
  before: OpenPage | null;
  hasShown: boolean;
};

/** Shows pages of the web, each tile in a view of its own. */
export function createPageViews(options: PageViewsOptions): TileHost {
  const entries = new Map<TileId, Entry>();

  const close = (page: OpenPage | null): void => {
    if (page === null) return;
    options.removeView(page.view);
    page.close();
  };

  const open = (tile: HostedTile, attempt: number): OpenPage => {
    const page = openPage({
      tile,
      attempt,
      preload: options.preload,
      session: options.session,
      log: options.log,
      say: (event) => {
        const entry = entries.get(tile.id);
        if (entry?.page !== page) return;
        const isOther = entry.before !== null && entry.before.url !== tile.source.url;
        if ((event.type === 'frames' && !entry.hasShown) || (event.type === 'failed' && isOther)) {
          close(entry.before);
          entry.before = null;
        }
        entry.hasShown ||= event.type === 'frames';
        options.say({ tile: tile.id, attempt, event });
      },
    });
    options.addView(page.view);
    return page;
  };

  /**
   * What is seen while the tile loads: the page there was, if it has a picture. Another stream's stays for one attempt
   * only; under this one's name it would be a lie for longer.
   */
  const pictureOf = ({ tile, page, before, hasShown }: Entry, next: HostedTile): OpenPage | null => {
    if (hasShown && page.isAlive()) {
      close(before);
      page.rest();
      return page;
    }
    close(page);
    if (before === null || (before.url === next.source.url && before.isAlive())) return before;
    if (tile.source.url !== next.source.url && before.isAlive()) return before;
    close(before);
    return null;
  };

  const refuseDownload = (_event: Event, _item: unknown, contents: WebContents): void => {
    for (const { page } of entries.values()) page.refuseDownload(contents);
  };
  options.session.on('will-download', refuseDownload);

  return {
    load: (tile, attempt) => {
      const known = entries.get(tile.id);
      const before = known === undefined ? null : pictureOf(known, tile);
      entries.delete(tile.id);
      entries.set(tile.id, { tile, attempt, page: open(tile, attempt), before, hasShown: false });
    },
    adjust: (tile) => {
      const entry = entries.get(tile.id);
      if (entry === undefined) return;
      entry.tile = tile;
      entry.page.adjust(tile);
      entry.before?.adjust({ ...tile, sound: { ...tile.sound, audible: false } });
    },
    drop: (id) => {
      const entry = entries.get(id);
      if (entry === undefined) return;
      entries.delete(id);
      close(entry.page);
      close(entry.before);
    },
    resize: () => undefined,
    close: async () => {
      options.session.off('will-download', refuseDownload);
      for (const { page, before } of entries.values()) {
        close(page);
        close(before);
      }
      entries.clear();
      return Promise.resolve();
    },
  };
}
