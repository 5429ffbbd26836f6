import type { StreamId } from '../model/ids.ts';
import { joinFields } from './merge-copies.ts';
import { bareObject, type StoredField, type StoredRecord } from './stored-value.ts';

/** Said of the broadcast as it is now: taken from the newest link that says it. */
const OF_THE_NEWEST: ReadonlySet<string> = new Set([
  'link',
  'platform',
  'kind',
  'startedAt',
  'endedAt',
  'lastLiveAt',
]);
/** Said of how the stream came here: taken from the first, or not shown. */
const OF_THE_FIRST: ReadonlySet<string> = new Set(['code', 'addedAt', 'addedBy', 'postedBy']);
/** Two fields that make up the status: taken together from the newest that has either. */
const STATUS: ReadonlySet<string> = new Set(['status', 'manual']);

export type GroupMember = { readonly id: StreamId; readonly record: StoredRecord };

/** The fields of several streams that are one, the first added first: later edits win, notes are joined, pinned is pinned. */
export function mergeStreams(members: readonly GroupMember[]): Readonly<Record<string, StoredField>> {
  const merged = bareObject<StoredField>();
  for (const { record } of members) {
    const saysStatus = Object.keys(record.fields).some((name) => STATUS.has(name));
    if (saysStatus) for (const name of STATUS) delete merged[name];
    for (const [name, field] of Object.entries(record.fields)) {
      const other = merged[name];
      if (name === 'continues' || (OF_THE_FIRST.has(name) && record !== members[0]?.record)) continue;
      if (other === undefined || OF_THE_NEWEST.has(name) || STATUS.has(name)) merged[name] = field;
      else if (name === 'pinned') merged[name] = field.value === true ? field : other;
      else merged[name] = joinFields(name, other, field);
    }
  }
  return merged;
}

/** Which member an edit of a field goes to; the others must let go of theirs. */
export function memberForField(id: StreamId, members: readonly StreamId[], field: string): StreamId {
  const ofTheNewest = OF_THE_NEWEST.has(field) || STATUS.has(field);
  return members.at(ofTheNewest ? -1 : 0) ?? id;
}

/** Whether the other members may keep their own value of a field when one is edited: it is theirs alone, or not shown. */
export function isOwnToMember(field: string): boolean {
  return OF_THE_NEWEST.has(field) || OF_THE_FIRST.has(field) || field === 'continues';
}
