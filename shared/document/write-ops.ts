import type * as Y from 'yjs';
import { assertNever } from '../kernel/assert-never.ts';
import type { FlatRoot } from './limits.ts';
import type { Applied, Change, DocumentName, KnownRecord, Op, Origin, WriteContext } from './op.ts';
import type { FindGenerations } from './record-root.ts';
import { isPlain, type Plain, samePlain } from './stored-value.ts';
import {
  clearField,
  createRecord,
  storable,
  removeRecord,
  restoreRecord,
  setField,
  type Writer,
} from './write-record.ts';

/** A document and how to find things in it. */
export type WriteTarget = {
  readonly doc: Y.Doc;
  readonly document: DocumentName;
  /** Where to look for an id's copies; without it every generation is looked at. */
  readonly findGenerations?: FindGenerations;
};

/**
 * Performs ops in one transaction and says what changed, in order. Ops that change nothing (a value that is there already,
 * a record that is gone) leave no trace. Whatever people and programs
 * want goes through here; only retirement and migration write besides.
 */
export function writeOps(
  target: WriteTarget,
  ops: readonly Op[],
  context: WriteContext,
  origin: Origin,
): Applied {
  const changes: Change[] = [];
  const known: KnownRecord[] = [];
  if (ops.length > 0) {
    target.doc.transact(() => {
      const { doc, findGenerations } = target;
      const writer: Writer = { doc, findGenerations, context, changes, known };
      for (const op of ops) writeOp(writer, op);
    }, origin);
  }
  return { document: target.document, actor: context.actor, atMs: context.nowMs, changes, known };
}

function writeOp(writer: Writer, op: Op): void {
  switch (op.type) {
    case 'create-record':
      return createRecord(writer, op.root, op.id, op.fields);
    case 'restore-record':
      return restoreRecord(writer, op.root, op.id, op.record, op.reborn);
    case 'set-field':
      return setField(writer, op.root, op.id, op.field, op.value, op.stamp);
    case 'clear-field':
      return clearField(writer, op.root, op.id, op.field);
    case 'remove-record':
      return removeRecord(writer, op.root, op.id, op.births);
    case 'set-key':
      return writeKey(writer, op.root, op.key, op.value);
    case 'delete-key':
      return writeKey(writer, op.root, op.key, null);
    default:
      return assertNever(op);
  }
}

function writeKey({ doc, changes }: Writer, root: FlatRoot, key: string, after: Plain): void {
  const map = doc.getMap<unknown>(root);
  const stored = map.get(key);
  const before = stored !== undefined && isPlain(stored) ? stored : null;
  const value = storable(after);
  if (value === null ? !map.has(key) : samePlain(before, value)) return;
  if (value === null) map.delete(key);
  else map.set(key, value);
  changes.push({ type: 'key', root, key, before, after: value });
}
