import type { StampClock } from '../kernel/stamp.ts';
import type { TileId } from '../model/ids.ts';
import type { WallCommand } from './command.ts';
import type { Op } from './op.ts';
import { blurKey, censorKey } from './wall-keys.ts';
import { plan, refuse, withTile, type WallContext, type WallPlan } from './wall-plan.ts';
import type { WallState } from './wall-state.ts';

type CommandOf<T extends WallCommand['type']> = Extract<WallCommand, { type: T }>;

/**
 * Covering writes a key of its own, even where there is one: whoever uncovers at the same time takes away only what they
 * saw, so the safe side wins. The keys that the new one replaces are taken away, so that they do not pile up.
 */
export function planBlur(state: WallState, { tile, on }: CommandOf<'blur'>, context: WallContext): WallPlan {
  return withTile(state, tile, ({ id }) => {
    if (on) return plan(...blurOps(state, id, context));
    const seen = state.safety.blurs.get(id) ?? [];
    return seen.length === 0 ? refuse('unchanged', 'That tile is not blurred.') : plan(...deleteKeys(seen));
  });
}

/** All tiles, those on the bench too: they come back blurred. */
export function planBlurAll(state: WallState, { on }: CommandOf<'blur-all'>, context: WallContext): WallPlan {
  const tiles = [...state.tiles.keys()];
  if (on)
    return tiles.length === 0
      ? refuse('unchanged', 'There is no tile on this wall.')
      : plan(...tiles.flatMap((id) => blurOps(state, id, context)));
  const seen = tiles.flatMap((id) => state.safety.blurs.get(id) ?? []);
  return seen.length === 0 ? refuse('unchanged', 'No tile is blurred.') : plan(...deleteKeys(seen));
}

export function planCensor(state: WallState, { on }: CommandOf<'censor'>, context: WallContext): WallPlan {
  if (on) return plan(...censorOps(state, context));
  const { censors } = state.safety;
  return censors.length === 0
    ? refuse('unchanged', 'The wall is not covered.')
    : plan(...deleteKeys(censors));
}

export function blurOps(state: WallState, tile: TileId, context: Writer): readonly Op[] {
  return [
    cover(blurKey(tile, context.stamps.next()), context),
    ...deleteKeys(state.safety.blurs.get(tile) ?? []),
  ];
}

export function censorOps(state: WallState, context: Writer): readonly Op[] {
  return [cover(censorKey(context.stamps.next()), context), ...deleteKeys(state.safety.censors)];
}

type Writer = { readonly stamps: StampClock; readonly actor: string };

function cover(key: string, { actor }: Writer): Op {
  return { type: 'set-key', root: 'safety', key, value: { by: actor } };
}

function deleteKeys(keys: readonly string[]): readonly Op[] {
  return keys.map((key) => ({ type: 'delete-key', root: 'safety', key }));
}
