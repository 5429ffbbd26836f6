import { ok, type Result } from '../kernel/result.ts';
import type { StreamId } from '../model/ids.ts';
import type { Refusal } from '../protocol/refusal.ts';
import {
  type CataloguePlan,
  type CatalogueState,
  clearField,
  plan,
  refuse,
  setField,
} from './catalogue-plan.ts';
import type { StreamChanges } from './command.ts';
import { isOwnToMember, memberForField } from './merge-streams.ts';
import type { CommandContext, Op } from './op.ts';
import { planStatus } from './plan-stream-status.ts';
import type { Plain } from './stored-value.ts';
import type { StreamView } from './view.ts';

/** Changes to what is known of a stream that is there. Streams that are one are edited as one. */
export function planStreamEdit(
  state: CatalogueState,
  id: StreamId,
  changes: StreamChanges,
  context: CommandContext,
): CataloguePlan {
  const shown = state.view().streams.get(state.view().resolve(id));
  if (shown === undefined) return noSuchStream();
  const { status, statusReason, manualUntil, ...fields } = changes;
  const members = state.membersOf(id);
  const codeRefusal = refuseCode(state, shown, fields.code);
  if (codeRefusal !== undefined) return codeRefusal;
  const ops = Object.entries(fields).flatMap(([field, value]) =>
    value === undefined ? [] : editField(id, members, field, value as Plain),
  );
  const said = planSaid(members, shown, { status, statusReason, manualUntil }, context);
  return said.ok ? plan(...ops, ...said.value) : said;
}

export function noSuchStream(): CataloguePlan {
  return refuse(
    'not-found',
    'That stream is not in the catalogue any more; somebody removed it or it was archived.',
  );
}

/** Sets or, with null, clears a field of a stream, whichever members of it have one. */
function editField(id: StreamId, members: readonly StreamId[], field: string, value: Plain): readonly Op[] {
  if (value === null) return members.map((member) => clearField('streams', member, field));
  const target = memberForField(id, members, field);
  const others = isOwnToMember(field) ? [] : members.filter((member) => member !== target);
  return [
    setField('streams', target, field, value),
    ...others.map((other) => clearField('streams', other, field)),
  ];
}

function refuseCode(
  state: CatalogueState,
  shown: StreamView,
  code: StreamChanges['code'],
): CataloguePlan | undefined {
  if (code === undefined) return undefined;
  if (code === null) return refuse('invalid', 'A stream always has a code; give it another one instead.');
  const owner = state.view().byCode(code);
  if (owner === undefined || owner === shown.id) return undefined;
  return refuse('invalid', `The code “${code}” belongs to another stream. Choose one that is free.`);
}

/** The parts of a status among the changes, made into the one value that they are. */
function planSaid(
  members: readonly StreamId[],
  shown: StreamView,
  { status, statusReason, manualUntil }: Pick<StreamChanges, 'status' | 'statusReason' | 'manualUntil'>,
  context: CommandContext,
): Result<readonly Op[], Refusal> {
  if (status === undefined && statusReason === undefined && manualUntil === undefined) return ok([]);
  const isNews = status !== undefined && status !== shown.status;
  const reason = statusReason === undefined && !isNews ? shown.statusReason : statusReason;
  const until = manualUntil === undefined && status === undefined ? shown.manualUntil : manualUntil;
  const said = {
    status: status === undefined ? shown.status : (status ?? 'unknown'),
    reason: reason ?? undefined,
    until: until ?? undefined,
  };
  return planStatus(memberForField(shown.id, members, 'status'), shown, said, context);
}
