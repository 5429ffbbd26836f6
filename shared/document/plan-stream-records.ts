import { stampMs } from '../kernel/stamp.ts';
import type { StreamId } from '../model/ids.ts';
import { proposeStreamCode } from '../model/stream-code.ts';
import { type Link, StreamCode } from '../model/stream.ts';
import type { ArchivedStream } from './archived-stream.ts';
import {
  type CataloguePlan,
  type CatalogueState,
  plan,
  refuse,
  refuseIfFull,
  setField,
} from './catalogue-plan.ts';
import { joinFields, laterField } from './merge-copies.ts';
import type { Op } from './op.ts';
import { noSuchStream } from './plan-stream-edit.ts';
import { readStream } from './read-stream.ts';
import { bareObject, birthOf, samePlain, type StoredField, type StoredRecord } from './stored-value.ts';

/** Removes a stream with everything that turned out to be the same. */
export function planStreamRemoval(state: CatalogueState, id: StreamId): CataloguePlan {
  const members = state.membersOf(id).filter((member) => state.stored('streams', member) !== undefined);
  if (members.length === 0) return noSuchStream();
  return plan(...members.map((member): Op => ({ type: 'remove-record', root: 'streams', id: member })));
}

/** Says that two streams are one. Said of one that says so of another already, it is said by one that does not yet. */
export function planContinuation(state: CatalogueState, id: StreamId, continues: StreamId): CataloguePlan {
  const { resolve } = state.view();
  if (id === continues) return refuse('invalid', 'A stream cannot continue itself.');
  if (state.stored('streams', id) === undefined || state.stored('streams', continues) === undefined)
    return noSuchStream();
  if (resolve(id) === resolve(continues)) return refuse('unchanged', 'They are one stream already.');
  const speakers = [id, ...state.membersOf(id)];
  const isFree = (member: StreamId) => state.stored('streams', member)?.fields['continues'] === undefined;
  return plan(setField('streams', speakers.find(isFree) ?? id, 'continues', continues));
}

/**
 * Brings a stream back from the archive, as old as it was. One that is there again already, added anew or brought back by a
 * desk that knew less, gets its past: later edits win, notes are joined, and its code stays.
 */
export function planStreamRestore(
  state: CatalogueState,
  id: StreamId,
  record: ArchivedStream,
): CataloguePlan {
  if (!isReadable(id, record))
    return refuse('invalid', 'What the archive has of that stream cannot be read.');
  const now = state.whole('streams', id);
  if (now === undefined) return refuseIfFull(state, 'streams') ?? plan(...comeBack(state, id, record));
  return plan(...pastOps(state, id, record, now));
}

/**
 * What the archive knows and the stream that is there lacks. It comes as the stream's own, so that it goes with the stream,
 * but the stream is as old as its past.
 */
function pastOps(state: CatalogueState, id: StreamId, past: StoredRecord, now: StoredRecord): readonly Op[] {
  const isSame = now.births.some((birth) => past.births.includes(birth));
  const addedAt = stampMs(birthOf(past));
  const shownAt = state.view().streams.get(id)?.addedAt ?? addedAt;
  const lacking = bareObject<StoredField>();
  const edits: Op[] = [];
  for (const [field, before] of Object.entries(without(past, ['archived', 'code']).fields)) {
    const after = now.fields[field];
    const joined = after === undefined || isSame ? undefined : joinFields(field, before, after);
    const later = after === undefined ? before : laterField(before, after);
    if (joined !== undefined && after !== undefined && !samePlain(joined.value, after.value))
      edits.push(setField('streams', id, field, joined.value));
    else if (joined === undefined && !samePlain(later.value, after?.value ?? null)) lacking[field] = later;
  }
  const record = { births: now.births, fields: { ...now.fields, ...lacking } };
  const isLacking = Object.keys(lacking).length > 0;
  return [
    ...(isLacking ? [{ type: 'restore-record', root: 'streams', id, record, reborn: false } as const] : []),
    ...edits,
    ...(addedAt < shownAt ? [setField('streams', id, 'addedAt', addedAt)] : []),
  ];
}

function comeBack(state: CatalogueState, id: StreamId, record: ArchivedStream): readonly Op[] {
  const isTaken = (code: StreamCode) => state.view().byCode(code) !== undefined;
  const code = StreamCode.safeParse(record.fields['code']?.value);
  const link = record.fields['link']?.value as Link;
  const newCode = () => setField('streams', id, 'code', proposeStreamCode({ link }, isTaken));
  return [
    { type: 'restore-record', root: 'streams', id, record: without(record, ['archived']), reborn: true },
    ...(code.success && !isTaken(code.data) ? [] : [newCode()]),
  ];
}

function without({ births, fields }: StoredRecord, names: readonly string[]): StoredRecord {
  return {
    births,
    fields: Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name))),
  };
}

function isReadable(id: StreamId, { births, fields }: ArchivedStream): boolean {
  const each = Object.entries(fields);
  return (
    readStream(
      id,
      birthOf({ births }),
      (visit) => each.forEach(([name, field]) => visit(name, field.value)),
      () => {},
    ) !== null
  );
}
