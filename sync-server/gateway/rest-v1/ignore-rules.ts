import { z } from 'zod';
import { IgnoreList } from '#shared/document/catalogue-fields.ts';
import { ignoreIdOf, ignoreValue } from '#shared/document/ignore-rule.ts';
import type { IgnoreView } from '#shared/document/view.ts';
import type { IgnoreId } from '#shared/model/ids.ts';
import type { Pen } from '../../projection/catalogue-desk.ts';
import { refusals } from '../http-refusal.ts';
import { recordRow } from './record-shape.ts';
import { clearable, isoTime, Time } from './rest-fields.ts';
import type { RestParts } from './rest-parts.ts';
import { orRefuse } from './translate-failure.ts';

/** The most rules that there can be. */
export const MOST_RULES = 20_000;
export const RULE_ORDER = "r.body->>'type', r.body->>'value', r.id";

export const IgnoreShape = z
  .object({
    id: z.int(),
    list_type: IgnoreList,
    value: z.string(),
    notes: z.string().nullable(),
    created_at: Time,
    updated_at: Time,
  })
  .meta({ id: 'IgnoreList' });
export type IgnoreShape = z.infer<typeof IgnoreShape>;
const RuleRow = recordRow<IgnoreView>();

export const RuleInput = z.object({
  list_type: IgnoreList,
  value: z.string().trim().min(1).max(2_048),
  notes: clearable(1_000).optional(),
});
export type RuleInput = z.infer<typeof RuleInput>;

/** Every rule there is. @throws {LogUnavailable} */
export const allRules = async ({ records }: RestParts): Promise<IgnoreShape[]> =>
  (await records.page({ kind: 'ignore', order: RULE_ORDER, limit: MOST_RULES, offset: 0 })).rows.map(
    shapeRule,
  );

export function shapeRule(raw: unknown): IgnoreShape {
  const { id, body, updated_at_ms } = RuleRow.parse(raw);
  return {
    ...{ id, list_type: body.type, value: body.value, notes: body.notes ?? null },
    ...{ created_at: isoTime(body.addedAt) ?? '', updated_at: isoTime(updated_at_ms) ?? '' },
  };
}

const keyOf = ({ list_type, value }: Pick<RuleInput, 'list_type' | 'value'>): IgnoreId =>
  ignoreIdOf(list_type, ignoreValue(list_type, value));

/** @throws {HttpRefusal} for one that is there */
export function addRule(pen: Pen, input: RuleInput): IgnoreId {
  const key = keyOf(input);
  if (pen.catalogue.view().ignore.has(key)) throw refusals.invalid('value', 'has already been taken');
  putRule(pen, input);
  return key;
}

function putRule(pen: Pen, { list_type, value, notes }: RuleInput): void {
  orRefuse(
    pen.act({ type: 'add-ignore', list: list_type, value, ...(notes ? { notes } : { notes: undefined }) }),
    'value',
  );
}

/** @returns the rule's key, which is another when it says something else @throws {HttpRefusal} */
export function changeRule(pen: Pen, before: IgnoreShape, input: RuleInput): IgnoreId {
  const [from, to] = [ignoreIdOf(before.list_type, before.value), keyOf(input)];
  if (to !== from && pen.catalogue.view().ignore.has(to))
    throw refusals.invalid('value', 'has already been taken');
  // A rule is what it says: without its notes, or with another value, it is made anew.
  if (to !== from || !input.notes) orRefuse(pen.act({ type: 'remove-ignore', id: from }));
  putRule(pen, input);
  return to;
}
