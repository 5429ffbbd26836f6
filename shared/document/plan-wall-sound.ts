import type { StampClock } from '../kernel/stamp.ts';
import type { TileId } from '../model/ids.ts';
import type { WallCommand } from './command.ts';
import type { Op } from './op.ts';
import { stamped } from './stored-value.ts';
import { backgroundKey, HEARD_KEY, volumeKey } from './wall-keys.ts';
import { isPlaced, plan, refuse, withTile, type WallContext, type WallPlan } from './wall-plan.ts';
import { DEFAULT_VOLUME, type TileRecord, type WallAudio, type WallState } from './wall-state.ts';

type CommandOf<T extends WallCommand['type']> = Extract<WallCommand, { type: T }>;

/** What is listened to is one value, so that of two people who choose at once one is followed, and never two tiles are heard. */
export function planListen(
  state: WallState,
  command: CommandOf<'listen'>,
  { stamps }: WallContext,
): WallPlan {
  const { heard } = state.audio;
  if (command.tile === null)
    return heard === null ? refuse('unchanged', 'Nothing is listened to.') : plan(hear(null, stamps));
  return withTile(state, command.tile, (tile) => {
    if (!isPlaced(state, tile))
      return refuse('invalid', 'That tile is on the bench. Put it on the wall to listen to it.');
    if (heard === tile.id) return refuse('unchanged', 'That tile is listened to already.');
    return plan(hear(tile.id, stamps));
  });
}

export function planSetBackground(
  state: WallState,
  command: CommandOf<'set-background'>,
  { stamps }: WallContext,
): WallPlan {
  return withTile(state, command.tile, ({ id }) =>
    state.audio.background.has(id) === command.on
      ? refuse('unchanged', `That tile is ${command.on ? '' : 'not '}heard in the background already.`)
      : plan(setBackground(id, command.on, stamps)),
  );
}

export function planSetVolume(
  state: WallState,
  command: CommandOf<'set-volume'>,
  { stamps }: WallContext,
): WallPlan {
  return withTile(state, command.tile, ({ id }) =>
    (state.audio.volumes.get(id) ?? DEFAULT_VOLUME) === command.volume
      ? refuse('unchanged', 'That tile has that volume already.')
      : plan(setVolume(id, command.volume, stamps)),
  );
}

export function planMuteAll(state: WallState, { stamps }: WallContext): WallPlan {
  const { heard, background } = state.audio;
  if (heard === null && background.size === 0) return refuse('unchanged', 'Nothing is heard.');
  return plan(
    ...(heard === null ? [] : [hear(null, stamps)]),
    ...[...background].map((tile) => setBackground(tile, false, stamps)),
  );
}

export function hear(tile: TileId | null, stamps: StampClock): Op {
  return { type: 'set-key', root: 'audio', key: HEARD_KEY, value: stamped(tile, stamps.next()) };
}

export function setBackground(tile: TileId, on: boolean, stamps: StampClock): Op {
  const key = backgroundKey(tile);
  return on
    ? { type: 'set-key', root: 'audio', key, value: stamped(true, stamps.next()) }
    : { type: 'delete-key', root: 'audio', key };
}

export function setVolume(tile: TileId, volume: number, stamps: StampClock): Op {
  return { type: 'set-key', root: 'audio', key: volumeKey(tile), value: stamped(volume, stamps.next()) };
}

/**
 * A tile that went to the bench while it was listened to comes back silent: sound, too, only starts when somebody says so.
 */
export function comeBackSilent(state: WallState, tile: TileRecord, stamps: StampClock): readonly Op[] {
  return state.audio.heard === tile.id && !isPlaced(state, tile) ? [hear(null, stamps)] : [];
}

/** Takes everything about a tile's sound away. */
export function forgetSound(audio: WallAudio, tile: TileId, stamps: StampClock): readonly Op[] {
  return [
    ...(audio.heard === tile ? [hear(null, stamps)] : []),
    ...(audio.background.has(tile) ? [setBackground(tile, false, stamps)] : []),
    ...(audio.volumes.has(tile)
      ? [{ type: 'delete-key', root: 'audio', key: volumeKey(tile) } as const]
      : []),
  ];
}
