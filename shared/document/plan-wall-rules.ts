import { MAX_RULES, type RuleMatch } from '../model/arrangement.ts';
import type { WallCommand } from './command.ts';
import type { PlainFields } from './op.ts';
import { samePlain } from './stored-value.ts';
import { plan, refuse, type WallContext, type WallPlan } from './wall-plan.ts';
import type { WallState } from './wall-state.ts';

type CommandOf<T extends WallCommand['type']> = Extract<WallCommand, { type: T }>;

/** Whoever puts a rule lends it their rights, for what it then does is what they wrote. */
export function planPutRule(
  state: WallState,
  { rule: id, name, enabled, match }: CommandOf<'put-rule'>,
  { actor }: WallContext,
): WallPlan {
  const rule = state.rules.get(id);
  const fields = { name, enabled, match: withoutGaps(match) };
  if (rule === undefined && state.rules.size >= MAX_RULES)
    return refuse('limit', `A wall has at most ${MAX_RULES} rules. Remove one first.`);
  if (rule !== undefined && samePlain({ name: rule.name, enabled: rule.enabled, match: rule.match }, fields))
    return refuse('unchanged', 'That rule says so already.');
  return plan({ type: 'create-record', root: 'rules', id, fields: { ...fields, by: actor } });
}

export function planRemoveRule(state: WallState, { rule }: CommandOf<'remove-rule'>): WallPlan {
  return state.rules.has(rule)
    ? plan({ type: 'remove-record', root: 'rules', id: rule })
    : refuse('not-found', 'That rule is not there any more; somebody removed it.');
}

/** Only what the rule names: a stored value has no undefined parts. */
export function withoutGaps({ tag, city, platform }: RuleMatch): PlainFields {
  return {
    ...(tag === undefined ? {} : { tag }),
    ...(city === undefined ? {} : { city }),
    ...(platform === undefined ? {} : { platform }),
  };
}
