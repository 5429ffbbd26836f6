import type { SyncTimers } from './sync-surroundings.ts';

export type FollowedShown<T> = {
  readonly now: () => T;
  /** Somebody may show something new, or another wall is looked at. It is looked at soon, however often this is called. */
  readonly hint: () => void;
  readonly stop: () => void;
};

/** Presence moves all the time; what a tile is doing must not wait. */
const LOOK_MS = 200;

/**
 * Something that others at a wall show of themselves, as for how the tiles of a wall are doing that stands on a screen
 * elsewhere.
 * @param read what it is now
 * @param isNeeded while it is not, nothing is told, and all of it when it is again
 * @param tell told all of it whenever anything of it is another than before
 */
export function followShown<T>(parts: {
  readonly timers: SyncTimers;
  readonly read: () => T;
  readonly isNeeded?: () => boolean;
  readonly tell: (shown: T) => void;
}): FollowedShown<T> {
  let told: string | undefined;
  let callOff: (() => void) | undefined;
  const look = (): void => {
    callOff = undefined;
    const shown = (parts.isNeeded?.() ?? true) ? { is: parts.read() } : undefined;
    const text = JSON.stringify(shown?.is);
    if (text === told) return;
    told = text;
    if (shown !== undefined) parts.tell(shown.is);
  };
  return {
    now: parts.read,
    hint: () => {
      callOff ??= parts.timers.after(LOOK_MS, look);
    },
    stop: () => callOff?.(),
  };
}
