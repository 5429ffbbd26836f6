import type { TileId } from '#shared/model/ids.ts';
import type { TileStill } from '#shared/protocol/tile-still.ts';
import { createListeners } from '#shared/kernel/listeners.ts';
import type { After } from './timers.ts';

/** Small pictures of the tiles, taken one after the other and over again, while somebody looks at them. */
export type Stills = {
  /** The newest of each tile that is on the wall. */
  readonly newest: () => readonly TileStill[];
  /** While there is a listener, stills are taken. @returns how to stop */
  readonly onStills: (listener: (stills: readonly TileStill[]) => void) => () => void;
  readonly stop: () => void;
};

export type StillsParts = {
  readonly after: After;
  /** The tiles of which there is a picture now. */
  readonly tiles: () => readonly TileId[];
  /** @returns null where it has none after all; it may take for ever */
  readonly take: (tile: TileId) => Promise<TileStill | null>;
};

/** From the end of one round through all tiles to the beginning of the next. */
export const ROUND_MS = 3_000;
/** Between two tiles: pictures are made in the main process, which has other things to do as well. */
export const STEP_MS = 40;
/** A page that does not give its picture within this time is passed over. */
export const TAKE_MS = 2_000;

export function createStills({ after, tiles, take }: StillsParts): Stills {
  const newest = new Map<TileId, TileStill>();
  const listeners = createListeners<readonly TileStill[]>((count) => {
    if (count === 0) rounds.stop();
    else rounds.start();
  });

  const forgetGone = (): void => {
    const present = new Set(tiles());
    for (const id of newest.keys()) if (!present.has(id)) newest.delete(id);
  };
  const keep = (still: TileStill): void => {
    newest.set(still.tile, still);
    forgetGone();
    if (newest.has(still.tile)) listeners.tell([still]);
  };
  const rounds = createRounds({ after, tiles, take, keep });
  return {
    newest: () => {
      forgetGone();
      return [...newest.values()];
    },
    onStills: listeners.add,
    stop: () => {
      listeners.clear();
      newest.clear();
    },
  };
}

/** One tile after the other, over and over again. */
function createRounds({
  after,
  tiles,
  take,
  keep,
}: StillsParts & { readonly keep: (still: TileStill) => void }) {
  let cancel: (() => void) | undefined;
  const wait = (ms: number, then: () => void): void => {
    cancel = after(ms, then);
  };
  const round = (): void => {
    step([...tiles()]);
  };
  const step = (left: readonly TileId[]): void => {
    const [tile, ...rest] = left;
    if (tile === undefined) {
      wait(ROUND_MS, round);
      return;
    }
    let isOver = false;
    const next = (still: TileStill | null): void => {
      if (isOver) return;
      isOver = true;
      stopWaiting();
      if (still !== null) keep(still);
      wait(STEP_MS, () => {
        step(rest);
      });
    };
    const stopWaiting = after(TAKE_MS, () => {
      next(null);
    });
    cancel = () => {
      isOver = true;
      stopWaiting();
    };
    take(tile).then(next, () => {
      next(null);
    });
  };
  return {
    start: (): void => {
      if (cancel === undefined) round();
    },
    stop: (): void => {
      cancel?.();
      cancel = undefined;
    },
  };
}
