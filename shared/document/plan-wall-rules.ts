import { MAX_RULES, type RuleMatch } from '../model/arrangement.ts';
import type { WallCommand } from './command.ts';
import type { Op, PlainFields } from './op.ts';
import { samePlain } from './stored-value.ts';
import type { RuleView } from './view.ts';
import { plan, refuse, type WallContext, type WallPlan } from './wall-plan.ts';
import type { WallState } from './wall-state.ts';

type CommandOf<T extends WallCommand['type']> = Extract<WallCommand, { type: T }>;

/** Whoever puts a rule lends it their rights, for what it then does is what they wrote. */
export function planPutRule(
  state: WallState,
  { rule: id, name, enabled, match, rotate }: CommandOf<'put-rule'>,
  { actor }: WallContext,
): WallPlan {
  const rule = state.rules.get(id);
  const fields = { name, enabled, match: withoutGaps(match) };
  if (rule === undefined && state.rules.size >= MAX_RULES)
    return refuse('limit', `A wall has at most ${MAX_RULES} rules. Remove one first.`);
  if (rule !== undefined && isSame(rule, { ...fields, rotate: rotate ?? null }))
    return refuse('unchanged', 'That rule says so already.');
  const rest = rotate === undefined ? {} : { rotate };
  const put: Op = { type: 'create-record', root: 'rules', id, fields: { ...fields, by: actor, ...rest } };
  const stands = rule?.rotate !== undefined && rotate === undefined;
  return stands ? plan(put, { type: 'clear-field', root: 'rules', id, field: 'rotate' }) : plan(put);
}

function isSame({ name, enabled, match, rotate }: RuleView, wanted: PlainFields): boolean {
  return samePlain({ name, enabled, match, rotate: rotate ?? null }, wanted);
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
