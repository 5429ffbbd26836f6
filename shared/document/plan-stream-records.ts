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
import type { Op } from './op.ts';
import { pastOps, withoutFields } from './past-ops.ts';
import { noSuchStream } from './plan-stream-edit.ts';
import { readStream } from './read-stream.ts';
import { birthOf } from './stored-value.ts';

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
  if (state.whole('streams', id) === undefined)
    return refuseIfFull(state, 'streams') ?? plan(...comeBack(state, id, record));
  // The stream is as old as its past.
  const addedAt = stampMs(birthOf(record));
  const shownAt = state.view().streams.get(id)?.addedAt ?? addedAt;
  return plan(
    ...pastOps(state, 'streams', id, withoutFields(record, ['archived', 'code'])),
    ...(addedAt < shownAt ? [setField('streams', id, 'addedAt', addedAt)] : []),
  );
}

function comeBack(state: CatalogueState, id: StreamId, record: ArchivedStream): readonly Op[] {
  const isTaken = (code: StreamCode) => state.view().byCode(code) !== undefined;
  const code = StreamCode.safeParse(record.fields['code']?.value);
  const link = record.fields['link']?.value as Link;
  const newCode = () => setField('streams', id, 'code', proposeStreamCode({ link }, isTaken));
  return [
    {
      type: 'restore-record',
      root: 'streams',
      id,
      record: withoutFields(record, ['archived']),
      reborn: true,
    },
    ...(code.success && !isTaken(code.data) ? [] : [newCode()]),
  ];
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
