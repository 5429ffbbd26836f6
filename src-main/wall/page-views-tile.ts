import type { WebContents, WebContentsView } from 'electron';
import type { TileEvent } from '#shared/protocol/wall-layers.ts';
import type { SeenIn } from './capture-tile.ts';
import { openPage, type OpenPage, type OpenPageParts } from './page-views-page.ts';
import type { HostedTile, TileListener } from './tile-host.ts';
import type { TileSource } from './tile-source.ts';

/** What a tile has open: the page that is to be seen, and the one that is seen until that plays. */
export type PageTile = {
  readonly load: (tile: HostedTile, attempt: number) => void;
  readonly adjust: (tile: HostedTile) => void;
  /** One of somebody's pages led to a file that is not shown but stored, and nothing is stored here. */
  readonly refuseDownload: (of: WebContents) => void;
  /** Ends pages that use more memory than a page may. */
  readonly limitMemory: (byProcess: ReadonlyMap<number, number>) => void;
  /** The picture of this tile that is on the wall. */
  readonly seen: () => SeenIn | undefined;
  readonly close: () => void;
};

export type PageTileParts = OpenPageParts & {
  /** Where the pages stand: above the player pages, beneath the overlay; each new one beneath those before it. */
  readonly addView: (view: WebContentsView, source: TileSource) => void;
  readonly removeView: (view: WebContentsView) => void;
  readonly say: TileListener;
};

export function createPageTile(parts: PageTileParts): PageTile {
  let page: OpenPage | null = null;
  let before: OpenPage | null = null;
  let hasShown = false;

  const close = (closing: OpenPage | null): void => {
    if (closing === null) return;
    parts.removeView(closing.view);
    closing.close();
  };
  const forgetBefore = (): void => {
    close(before);
    before = null;
  };

  const keepPicture = (next: HostedTile): void => {
    const kept = pictureToKeep({ page, before, hasShown }, next);
    if (kept !== 'page') close(page);
    if (kept !== 'before') forgetBefore();
    if (kept !== 'page' || page === null) return;
    page.rest();
    before = page;
  };

  const hear = (url: string, event: TileEvent): void => {
    if (event.type === 'frames' && !hasShown) {
      hasShown = true;
      forgetBefore();
    }
    if (event.type === 'failed' && before?.url !== url) forgetBefore();
  };

  return {
    load: (tile, attempt) => {
      keepPicture(tile);
      hasShown = false;
      const opened = openPage(parts, tile, attempt, (event) => {
        if (page !== opened) return;
        hear(opened.url, event);
        parts.say({ tile: tile.id, attempt, event });
      });
      page = opened;
      parts.addView(opened.view, tile.source);
    },
    adjust: (tile) => {
      page?.adjust(tile);
      before?.adjust({ ...tile, sound: { ...tile.sound, audible: false } });
    },
    refuseDownload: (of) => page?.refuseDownload(of),
    limitMemory: (byProcess) => {
      for (const each of [page, before]) each?.limitMemory(byProcess);
    },
    seen: () => wholeOf((before ?? page)?.view),
    close: () => {
      close(page);
      page = null;
      forgetBefore();
    },
  };
}

function wholeOf(view: WebContentsView | undefined): SeenIn | undefined {
  if (view === undefined) return undefined;
  const { width, height } = view.getBounds();
  return { view, rect: { x: 0, y: 0, width, height } };
}

type Shown = { readonly page: OpenPage | null; readonly before: OpenPage | null; readonly hasShown: boolean };

/**
 * What is seen until the next page has a picture: the page there was, if it has one. Another stream's stays for one
 * attempt only; under this one's name it would be a lie for longer. A page that is to be shown in another way is no
 * picture of that.
 */
function pictureToKeep(
  { page, before, hasShown }: Shown,
  { source }: HostedTile,
): 'page' | 'before' | 'nothing' {
  if (page !== null && page.type !== source.type) return 'nothing';
  if (page !== null && hasShown && page.isAlive()) return 'page';
  const isFirstAttempt = page?.url !== source.url;
  const isGood = before?.isAlive() === true && (isFirstAttempt || before.url === source.url);
  return isGood ? 'before' : 'nothing';
}
