import type { RecordRoot } from './limits.ts';
import type { Applied, Change } from './op.ts';
import type { StoredRecord } from './stored-value.ts';

export type CreatedChange = Extract<Change, { type: 'created' }>;
export type FieldChange = Extract<Change, { type: 'field' }>;

/** All that one replica did to one record, as it comes to in the end. */
export type RecordWrites = { readonly root: RecordRoot; readonly id: string } & (
  | { readonly type: 'removed'; readonly before: StoredRecord }
  | {
      readonly type: 'written';
      /** How it was made here, if it was. */
      readonly created: CreatedChange | undefined;
      /** How it was before the first edit, or as it was made. */
      readonly base: StoredRecord;
      /** The last edit of each field. */
      readonly fields: ReadonlyMap<string, FieldChange>;
    }
);

/** Sums up edits, oldest first, by the records that they wrote to. */
export function sumUpWrites(edits: readonly Applied[]): readonly RecordWrites[] {
  const writes = new Map<string, RecordWrites>();
  for (const edit of edits) {
    for (const change of edit.changes) {
      if (change.type === 'key') continue;
      const key = `${change.root} ${change.id}`;
      const next = addChange(writes.get(key), change, edit);
      if (next !== undefined) writes.set(key, next);
    }
  }
  return [...writes.values()];
}

function addChange(
  before: RecordWrites | undefined,
  change: Exclude<Change, { type: 'key' }>,
  edit: Applied,
): RecordWrites | undefined {
  const { root, id } = change;
  if (change.type === 'removed') return { root, id, type: 'removed', before: change.before };
  if (change.type === 'created')
    return { root, id, type: 'written', created: change, base: change.record, fields: new Map() };
  const known = edit.known.find((entry) => entry.root === root && entry.id === id)?.record;
  const written = before?.type === 'written' ? before : undefined;
  const base = written?.base ?? known;
  if (base === undefined) return before;
  const fields = new Map(written?.fields).set(change.field, change);
  return { root, id, type: 'written', created: written?.created, base, fields };
}
