import type { StreamId } from '../model/ids.ts';
import { proposeStreamCode } from '../model/stream-code.ts';
import { type Link, StreamCode } from '../model/stream.ts';
import type { ArchivedStream } from './archived-stream.ts';
import {
  type CataloguePlan,
  type CatalogueState,
  clearField,
  plan,
  refuse,
  refuseIfFull,
  setField,
} from './catalogue-plan.ts';
import { joinText } from './merge-copies.ts';
import type { Op } from './op.ts';
import { noSuchStream } from './plan-stream-edit.ts';
import { readStream } from './read-stream.ts';
import { birthOf, type StoredRecord } from './stored-value.ts';

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
 * Brings a stream back from the archive, as old as it was. One that was added anew meanwhile gets what it lacks of its past.
 */
export function planStreamRestore(
  state: CatalogueState,
  id: StreamId,
  record: ArchivedStream,
): CataloguePlan {
  if (!isReadable(id, record))
    return refuse('invalid', 'What the archive has of that stream cannot be read.');
  const now = state.stored('streams', id);
  if (now !== undefined) return plan(...pastOf(id, record, now));
  return refuseIfFull(state, 'streams') ?? plan(...comeBack(state, id, record));
}

function comeBack(state: CatalogueState, id: StreamId, record: ArchivedStream): readonly Op[] {
  const isTaken = (code: StreamCode) => state.view().byCode(code) !== undefined;
  const code = StreamCode.safeParse(record.fields['code']?.value);
  const link = record.fields['link']?.value as Link;
  return [
    { type: 'restore-record', root: 'streams', id, record, reborn: true },
    clearField('streams', id, 'archived'),
    ...(code.success && !isTaken(code.data)
      ? []
      : [setField('streams', id, 'code', proposeStreamCode({ link }, isTaken))]),
  ];
}

function pastOf(id: StreamId, past: StoredRecord, now: StoredRecord): readonly Op[] {
  return Object.entries(past.fields).flatMap(([field, { value, stamp }]): readonly Op[] => {
    const stands = now.fields[field]?.value;
    if (stands === undefined && field !== 'archived')
      return [{ type: 'set-field', root: 'streams', id, field, value, stamp }];
    if (field !== 'notes' || typeof value !== 'string' || typeof stands !== 'string') return [];
    return [setField('streams', id, field, joinText(value, stands))];
  });
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
