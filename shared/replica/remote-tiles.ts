import { readShownTiles } from '../protocol/tile-presence.ts';
import type { TileReport } from '../protocol/tile-report.ts';
import type { SyncTimers } from './sync-surroundings.ts';

export type RemoteTiles = {
  readonly now: () => readonly TileReport[];
  /** Somebody may show something new, or another wall is looked at. It is looked at soon, however often this is called. */
  readonly hint: () => void;
  readonly stop: () => void;
};

/** Presence moves all the time; what a tile is doing must not wait. */
const LOOK_MS = 200;

/**
 * How the tiles of a wall are doing that stands on a screen elsewhere.
 * @param states what everybody at the wall that is looked at shows of themselves; undefined while it stands on a screen here
 * @param tell told all of it whenever anything of it is another than before
 */
export function followRemoteTiles(parts: {
  readonly timers: SyncTimers;
  readonly states: () => ReadonlyMap<number, unknown> | undefined;
  readonly tell: (reports: readonly TileReport[]) => void;
}): RemoteTiles {
  let told: string | undefined;
  let callOff: (() => void) | undefined;
  const look = (): void => {
    callOff = undefined;
    const states = parts.states();
    const reports = states === undefined ? undefined : readShownTiles(states);
    const text = JSON.stringify(reports);
    if (text === told) return;
    told = text;
    if (reports !== undefined) parts.tell(reports);
  };
  return {
    now: () => readShownTiles(parts.states() ?? new Map()),
    hint: () => {
      callOff ??= parts.timers.after(LOOK_MS, look);
    },
    stop: () => callOff?.(),
  };
}
