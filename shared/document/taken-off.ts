import type { Op } from './op.ts';
import { stamped } from './stored-value.ts';
import { TAKEN_OFF_PREFIX } from './wall-keys.ts';
import type { WallContext } from './wall-plan.ts';
import type { TileRecord, WallState } from './wall-state.ts';

const REMEMBERED_MS = 7 * 86_400_000;
const MAX_REMEMBERED = 300;

/**
 * Writes down that a person took a stream off a wall that has rules, so that none brings it back, whoever performs them.
 * Empty while another tile shows it, and when a rule does it.
 */
export function noteTakenOff(
  state: WallState,
  { id, stream }: TileRecord,
  context: WallContext,
): readonly Op[] {
  if (state.rules.size === 0) return [];
  // Whoever is at a desk may have come in with a key, as programs do; only rules are sure to be no person.
  if (context.actor.startsWith('rule:')) return [];
  if ([...state.tiles.values()].some((other) => other.id !== id && other.stream === stream)) return [];
  const { nowMs, stamps } = context;
  const key = `${TAKEN_OFF_PREFIX}${stream}`;
  const others = Object.entries(state.settings.takenOff)
    .filter(([other]) => other !== stream)
    .sort(([, a], [, b]) => b - a);
  const over = others.filter(([, at], index) => index >= MAX_REMEMBERED || at < nowMs - REMEMBERED_MS);
  return [
    { type: 'set-key', root: 'settings', key, value: stamped(nowMs, stamps.next()) },
    ...over.map(([other]): Op => {
      return { type: 'delete-key', root: 'settings', key: `${TAKEN_OFF_PREFIX}${other}` };
    }),
  ];
}
