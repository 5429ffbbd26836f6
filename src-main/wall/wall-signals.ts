import type { TileId } from '#shared/model/ids.ts';
import type { SignalName } from '#shared/protocol/ipc-contract.ts';
import { captureFull, type SeenIn } from './capture-tile.ts';
import type { Thumbnails } from './thumbnails.ts';
import type { ConductedTile } from './tile-run.ts';

/** What became of a signal. */
export type SignalOutcome =
  | { readonly type: 'done'; readonly words?: string; readonly image?: string }
  | { readonly type: 'no-such-tile' }
  /** Not done, and why, in a sentence. */
  | { readonly type: 'refused'; readonly words: string };

export type SignalParts = {
  readonly tiles: () => readonly ConductedTile[];
  readonly reload: (tile: TileId) => boolean;
  readonly thumbnail: Thumbnails;
  readonly seen: (tile: TileId) => SeenIn | undefined;
  /** Shows an address in a window of its own, with what the tiles are logged in to. */
  readonly openSite: (url: string) => void;
};

/** Does what a person asks of one tile, once. Who may ask is decided before. */
export async function obeySignal(parts: SignalParts, id: TileId, signal: SignalName): Promise<SignalOutcome> {
  const conducted = parts.tiles().find(({ tile }) => tile.id === id);
  if (conducted === undefined) return { type: 'no-such-tile' };
  const { source } = conducted.tile;
  switch (signal) {
    case 'reload':
      return parts.reload(id) ? { type: 'done' } : { type: 'no-such-tile' };
    case 'still':
      return takeStill(parts.seen(id));
    case 'thumbnail': {
      const small = await parts.thumbnail(id);
      return small === null ? NOTHING_THERE : { type: 'done', image: small.image };
    }
    case 'open-page':
      if (source.type !== 'page' && source.type !== 'page-media')
        return { type: 'refused', words: 'This tile plays a stream directly. There is no page to open.' };
      parts.openSite(source.url);
      return { type: 'done', words: 'The page is open at the wall’s machine.' };
    case 'devtools':
      return openDevTools(parts.seen(id));
  }
}

const NOTHING_THERE: SignalOutcome = { type: 'refused', words: 'There is no picture of this tile now.' };

async function takeStill(seen: SeenIn | undefined): Promise<SignalOutcome> {
  const image = seen === undefined ? null : await captureFull(seen).catch(() => null);
  return image === null ? NOTHING_THERE : { type: 'done', image };
}

function openDevTools(seen: SeenIn | undefined): SignalOutcome {
  const contents = seen?.view.webContents;
  if (contents === undefined || contents.isDestroyed()) return NOTHING_THERE;
  contents.openDevTools({ mode: 'detach' });
  return { type: 'done', words: 'The developer tools are open at the wall’s machine.' };
}
