import type { StreamId } from '../model/ids.ts';
import { proposeStreamCode } from '../model/stream-code.ts';
import type { StreamCode } from '../model/stream.ts';
import { readStreamUrl, streamIdOf, type StreamUrl } from '../model/stream-url.ts';
import {
  type CataloguePlan,
  type CatalogueState,
  clearField,
  isPerson,
  plan,
  refuse,
  refuseIfFull,
} from './catalogue-plan.ts';
import type { StreamChanges } from './command.ts';
import { ignoreIdOf, ignoreValue } from './ignore-rule.ts';
import type { CommandContext } from './op.ts';
import { planStreamEdit } from './plan-stream-edit.ts';
import { planStatus } from './plan-stream-status.ts';
import type { Plain } from './stored-value.ts';
import type { StreamView } from './view.ts';

/** A link becomes a stream, or brings the stream that has it up to date. */
export function planStreamAdd(
  state: CatalogueState,
  link: string,
  fields: StreamChanges,
  context: CommandContext,
): CataloguePlan {
  const read = readStreamUrl(link);
  if (!read.ok) return refuse('invalid', read.error.message);
  if (!isPerson(context) && isIgnored(state, read.value.url))
    return refuse('forbidden', 'This link is on the ignore list.');
  const id = streamIdOf(read.value.url);
  const shown = state.view().streams.get(state.view().resolve(id));
  if (shown !== undefined) return bringUpToDate(state, shown, fields, context);
  return refuseIfFull(state, 'streams') ?? createStream(state, id, read.value, fields, context);
}

function createStream(
  state: CatalogueState,
  id: StreamId,
  url: StreamUrl,
  changes: StreamChanges,
  context: CommandContext,
): CataloguePlan {
  const { status, statusReason, manualUntil, kind, code, ...given } = changes;
  const taken = (candidate: StreamCode) => state.view().byCode(candidate) !== undefined;
  const said =
    status == null
      ? undefined
      : planStatus(
          id,
          undefined,
          { status, reason: statusReason ?? undefined, until: manualUntil ?? undefined },
          context,
        );
  if (said?.ok === false) return said;
  const source = { ...url, label: given.label ?? undefined, source: given.source ?? undefined };
  const shape = kind ?? url.kind;
  const fields: Record<string, Plain> = {
    link: url.url,
    platform: url.platform,
    code: code != null && !taken(code) ? code : proposeStreamCode(withoutAbsent(source), taken),
    ...(shape === 'video' ? {} : { kind: shape }),
    ...present(given),
    addedBy: context.actor,
  };
  for (const op of said?.value ?? []) if (op.type === 'set-field') fields[op.field] = op.value;
  return plan({ type: 'create-record', root: 'streams', id, fields });
}

/** A person's word replaces what is there; a program only adds what nobody has said. What was archived comes back. */
function bringUpToDate(
  state: CatalogueState,
  shown: StreamView,
  changes: StreamChanges,
  context: CommandContext,
): CataloguePlan {
  const news = isPerson(context)
    ? changes
    : Object.fromEntries(
        Object.entries(changes).filter(([field]) => field === 'status' || !(field in shown)),
      );
  const edit = planStreamEdit(state, shown.id, news, context);
  if (!edit.ok || shown.archived !== true) return edit;
  return plan(...edit.value, ...state.membersOf(shown.id).map((id) => clearField('streams', id, 'archived')));
}

/** Whether an ignore rule speaks of this link itself, or of its host or a host above it. */
function isIgnored(state: CatalogueState, link: string): boolean {
  const { ignore } = state.view();
  if (ignore.size === 0) return false;
  const labels = new URL(link).hostname.split('.').slice(-10);
  const domains = labels.map((_, i) => labels.slice(i).join('.'));
  return (
    ignore.has(ignoreIdOf('url', ignoreValue('url', link))) ||
    domains.some((domain) => ignore.has(ignoreIdOf('domain', domain)))
  );
}

function present(changes: Readonly<Record<string, unknown>>): Readonly<Record<string, Plain>> {
  return Object.fromEntries(
    Object.entries(changes).filter(([, value]) => value !== null && value !== undefined),
  ) as Record<string, Plain>;
}

function withoutAbsent<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return present(value as Record<string, unknown>) as { [K in keyof T]: Exclude<T[K], undefined> };
}
