import type { Stamp } from '../kernel/stamp.ts';
import type { RecordRoot } from './limits.ts';
import type { Applied, Change } from './op.ts';
import type { StoredRecord } from './stored-value.ts';

export type CreatedChange = Extract<Change, { type: 'created' }>;
export type FieldChange = Extract<Change, { type: 'field' }>;

/** All that one replica did to one record, as it comes to in the end. */
export type RecordWrites = {
  readonly root: RecordRoot;
  readonly id: string;
  /** What was removed here; what was written afterwards is another life of the record. */
  readonly removed: readonly Stamp[];
  /** Nothing when it was removed last. */
  readonly written: Written | undefined;
};

export type Written = {
  /** How it was made here, if it was. */
  readonly created: CreatedChange | undefined;
  /** How it was before the first edit, or as it was made. */
  readonly base: StoredRecord;
  /** The last edit of each field. */
  readonly fields: ReadonlyMap<string, FieldChange>;
};

/** Sums up edits, oldest first, by the records that they wrote to. */
export function sumUpWrites(edits: readonly Applied[]): readonly RecordWrites[] {
  const writes = new Map<string, RecordWrites>();
  for (const edit of edits) {
    for (const change of edit.changes) {
      if (change.type === 'key') continue;
      const { root, id } = change;
      const key = `${root} ${id}`;
      const before = writes.get(key) ?? { root, id, removed: [], written: undefined };
      const removed = change.type === 'removed' ? change.before.births : [];
      writes.set(key, {
        ...before,
        removed: [...before.removed, ...removed],
        written: addChange(before.written, change, edit),
      });
    }
  }
  return [...writes.values()];
}

function addChange(
  before: Written | undefined,
  change: Exclude<Change, { type: 'key' }>,
  edit: Applied,
): Written | undefined {
  if (change.type === 'removed') return livesOn(before, change.before.births) ? before : undefined;
  if (change.type === 'created') return { created: change, base: change.record, fields: new Map() };
  const known = edit.known.find(({ root, id }) => root === change.root && id === change.id)?.record;
  const base = before?.base ?? known;
  if (base === undefined) return before;
  return { created: before?.created, base, fields: new Map(before?.fields).set(change.field, change) };
}

/** A removal of some of its births, as undo makes it of an addition, leaves what was brought back or added by others. */
function livesOn(written: Written | undefined, removed: readonly Stamp[]): boolean {
  return written !== undefined && written.base.births.some((birth) => !removed.includes(birth));
}
