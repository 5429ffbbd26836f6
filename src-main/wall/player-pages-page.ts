import type { WebContentsView } from 'electron';
import type { Clock } from '#shared/kernel/clock.ts';
import type { Logger } from '#shared/kernel/logger.ts';
import type { TileId } from '#shared/model/ids.ts';
import { PlayerSaid, type PlayerTile, type TileSaid } from '#shared/protocol/wall-layers.ts';
import type { TileLevel } from '#shared/protocol/tile-still.ts';
import { openOwnView } from './layer-views.ts';
import type { PlayerSession } from './player-pages-session.ts';
import type { HostedTile } from './tile-host.ts';
import type { PixelSize } from './wall-geometry.ts';

/** A tile that a page plays, and the attempt that it is. */
export type Playing = { readonly tile: HostedTile; readonly attempt: number };

/** One of our own pages that play direct media. */
export type PlayerPage = {
  readonly number: number;
  /** It has one tile, and its size, for good. */
  readonly isAlone: boolean;
  readonly view: WebContentsView;
  readonly tiles: ReadonlyMap<TileId, Playing>;
  readonly put: (playing: Playing) => void;
  readonly remove: (tile: TileId) => void;
  readonly resize: () => void;
  /** Tells it all again: how the wall sounds has changed. */
  readonly retell: () => void;
  /** It has said nothing for longer than it ever should. */
  readonly hangs: () => boolean;
  /** It could not be heard for a while, through no fault of its own. */
  readonly excuse: () => void;
  readonly close: () => void;
};

export type PlayerPageParts = {
  readonly url: string;
  readonly preload: string;
  readonly session: PlayerSession;
  readonly wallSize: () => PixelSize;
  readonly clock: Clock;
  readonly say: (said: TileSaid) => void;
  /** How loud the tiles of one page are; those that it does not name are silent. */
  readonly hearLevels: (page: number, levels: readonly TileLevel[]) => void;
  /** Which of the machine's sound outputs they play on; null for the usual one. */
  readonly soundOutput: () => string | null;
  /** Whether that one is there. */
  readonly hearSoundOutput: (found: boolean) => void;
  readonly log: Logger;
};

/** Our page says that it lives twice a second; silent for so long, it hangs. A page that starts gets more. */
const HUNG_MS = 5_000;
const STARTING_MS = 20_000;

/** @param onGone the page's process is gone, for whatever reason but `close` */
export function openPlayerPage(
  parts: PlayerPageParts,
  { number, isAlone, onGone }: { number: number; isAlone: boolean; onGone: (reason: string) => void },
): PlayerPage {
  const { nowMs } = parts.clock;
  const own = openOwnView({ ...parts, session: parts.session.session, says: PlayerSaid, onGone });
  const tiles = new Map<TileId, Playing>();
  const dismiss = parts.session.admit(own.view.webContents.id, () =>
    [...tiles.values()].flatMap(({ tile }) => tile.localHosts),
  );
  let isReady = false;
  let lastHeardMs = nowMs();

  const tell = (): void => {
    if (isReady)
      own.tell({
        tiles: [...tiles.values()].flatMap((playing) => toPlayerTile(playing, isAlone)),
        output: parts.soundOutput(),
      });
  };
  const resize = (): void => {
    const [only] = tiles.values();
    const { width, height } = parts.wallSize();
    own.view.setBounds(isAlone && only !== undefined ? only.tile.rect : { x: 0, y: 0, width, height });
  };
  own.onSaid((said) => {
    lastHeardMs = nowMs();
    passOn(parts, { number, tiles }, said);
    if (said.type !== 'ready') return;
    isReady = true;
    tell();
  });
  return {
    number,
    isAlone,
    view: own.view,
    tiles,
    put: (playing) => {
      tiles.set(playing.tile.id, playing);
      resize();
      tell();
    },
    remove: (id) => {
      if (tiles.delete(id)) tell();
    },
    resize,
    retell: tell,
    excuse: () => {
      lastHeardMs = nowMs();
    },
    hangs: () => nowMs() - lastHeardMs >= (isReady ? HUNG_MS : STARTING_MS),
    close: () => {
      dismiss();
      parts.hearLevels(number, []);
      own.close();
    },
  };
}

/** What a page says of tiles that it does not have is not believed. */
function passOn(
  parts: PlayerPageParts,
  { number, tiles }: Pick<PlayerPage, 'number' | 'tiles'>,
  said: PlayerSaid,
) {
  if (said.type === 'sound-output') parts.hearSoundOutput(said.found);
  if (said.type === 'tile' && tiles.has(said.said.tile)) parts.say(said.said);
  if (said.type !== 'levels') return;
  parts.hearLevels(
    number,
    said.levels.filter(({ tile }) => tiles.has(tile)),
  );
}

/** A tile that is alone fills its page; others stand where they are on the wall. */
function toPlayerTile({ tile, attempt }: Playing, isAlone: boolean): PlayerTile[] {
  const { id, source, look, sound } = tile;
  if (source.type !== 'media') return [];
  const rect = isAlone ? { ...tile.rect, x: 0, y: 0 } : tile.rect;
  return [{ id, url: source.url, format: source.format, attempt, rect, look, sound }];
}
