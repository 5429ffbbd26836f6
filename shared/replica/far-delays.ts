import type { WallId } from '../model/ids.ts';
import { readFarDelays, type FarDelay } from '../protocol/delay-presence.ts';
import type { ControlEvent } from '../protocol/ipc-contract.ts';
import { followShown, type FollowedShown } from './follow-shown.ts';
import type { SyncTimers } from './sync-surroundings.ts';

/** The Streamdelay servers of the machines elsewhere that show the wall that is looked at. */
export function followFarDelays(parts: {
  readonly timers: SyncTimers;
  readonly nowMs: () => number;
  /** The wall that is looked at. */
  readonly wall: () => WallId;
  /** What everybody else there shows of themselves. */
  readonly others: (wall: WallId) => ReadonlyMap<number, unknown>;
  readonly tell: (event: ControlEvent) => void;
}): FollowedShown<readonly FarDelay[]> {
  let last: { readonly wall: WallId; readonly delays: readonly FarDelay[] } | undefined;
  const read = (): readonly FarDelay[] => {
    const wall = parts.wall();
    const before = last?.wall === wall ? last.delays : [];
    const delays = readFarDelays(parts.others(wall), before, parts.nowMs());
    last = { wall, delays };
    return delays;
  };
  return followShown({
    timers: parts.timers,
    read,
    tell: (farDelays) => parts.tell({ type: 'far-delays', farDelays }),
  });
}
