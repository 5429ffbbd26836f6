import type { TileId, WallId } from '#shared/model/ids.ts';
import type { FarDelay } from '#shared/protocol/delay-presence.ts';
import type { ControlEvent } from '#shared/protocol/ipc-contract.ts';
import type { SignalAnswer, WantedSignal } from '#shared/protocol/sync-messages.ts';
import { readShownTiles } from '#shared/protocol/tile-presence.ts';
import type { TileReport } from '#shared/protocol/tile-report.ts';
import { followFarDelays } from '#shared/replica/far-delays.ts';
import { watchRemoteStills } from '#shared/replica/remote-stills.ts';
import { followShown } from '#shared/replica/follow-shown.ts';
import type { SyncTimers } from '#shared/replica/sync-surroundings.ts';

/** The way to others of the team at a wall. */
export type WallLine = {
  /** What everybody else there shows of themselves. */
  readonly others: () => ReadonlyMap<number, unknown>;
  /** Asks whoever shows that wall. */
  readonly signal: (wanted: WantedSignal) => Promise<SignalAnswer>;
};

export type RemoteWallParts = {
  readonly timers: SyncTimers;
  readonly nowMs: () => number;
  /** The wall that the control room looks at, and its tiles. */
  readonly wall: () => { readonly id: WallId; readonly tiles: readonly { readonly id: TileId }[] };
  /** Whether it stands on a screen of this machine, which knows better. */
  readonly isHere: (wall: WallId) => boolean;
  readonly line: (wall: WallId) => WallLine | undefined;
  readonly tell: (event: ControlEvent) => void;
};

export type RemoteWall = {
  readonly reports: () => readonly TileReport[];
  readonly farDelays: () => readonly FarDelay[];
  /** Another wall is looked at, it came to a screen or left one, or others show something new. */
  readonly hint: () => void;
  readonly stop: () => void;
};

/** How the tiles of a wall are doing, and look, that stands on a screen elsewhere in the team. */
export function followRemoteWall(parts: RemoteWallParts): RemoteWall {
  const { timers, nowMs, tell } = parts;
  const lineTo = (wall: WallId): WallLine | undefined => (parts.isHere(wall) ? undefined : parts.line(wall));
  const tiles = followShown({
    timers,
    read: () => readShownTiles(lineTo(parts.wall().id)?.others() ?? new Map()),
    isNeeded: () => lineTo(parts.wall().id) !== undefined,
    tell: (reports) => tell({ type: 'reports', reports }),
  });
  // What stands here may be broadcast from elsewhere, too.
  const delays = followFarDelays({
    timers,
    nowMs,
    wall: () => parts.wall().id,
    others: (wall) => parts.line(wall)?.others() ?? new Map(),
    tell,
  });
  const stopStills = watchRemoteStills({
    timers,
    nowMs,
    tiles: () => {
      const { id, tiles: all } = parts.wall();
      return lineTo(id) === undefined ? [] : all.map((tile) => tile.id);
    },
    ask: async (tile) =>
      (await lineTo(parts.wall().id)?.signal({ tile, signal: 'thumbnail' })) ?? {
        id: '',
        outcome: 'no-output',
      },
    onStill: (still) => {
      if (!parts.isHere(parts.wall().id)) tell({ type: 'stills', stills: [still] });
    },
  });
  return {
    reports: tiles.now,
    farDelays: delays.now,
    hint: () => {
      tiles.hint();
      delays.hint();
    },
    stop: () => {
      tiles.stop();
      delays.stop();
      stopStills();
    },
  };
}
