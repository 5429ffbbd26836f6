import * as Y from 'yjs';
import type { Stamp } from '../kernel/stamp.ts';
import { refuseToWrite } from './document-version.ts';
import { joinFields, mergeCopies } from './merge-copies.ts';
import type { Applied, Op, WriteContext } from './op.ts';
import {
  BIRTH_KEY,
  type Copy,
  readableGenerations,
  readBirths,
  readCopies,
  readCopy,
  readGeneration,
  readTombstones,
  type RootMap,
} from './record-root.ts';
import {
  type CreatedChange,
  type FieldChange,
  type RecordWrites,
  sumUpWrites,
  type Written,
} from './record-writes.ts';
import { bareObject, birthOf, stampOf, type StoredField, type StoredRecord } from './stored-value.ts';
import { writeOps, type WriteTarget } from './write-ops.ts';

/**
 * Brings back what was written into records that others have carried elsewhere since: in Yjs an edit inside a map that was
 * deleted meanwhile vanishes without a word. To be called after every merge, with all own edits that the server has not
 * saved. What a person removed stays removed, and a later edit of the same field stands. Doing it twice does nothing more.
 *
 * @param unsaved the own edits of this document, oldest first
 * @returns the edit that was made, to be kept and sent like any other; null when nothing was lost
 */
export function rescue(
  target: WriteTarget,
  unsaved: readonly Applied[],
  context: WriteContext,
): Applied | null {
  if (unsaved.length === 0 || refuseToWrite(target.doc) !== undefined) return null;
  const ops = sumUpWrites(unsaved).flatMap((writes) => planRescue(target, writes));
  if (ops.length === 0) return null;
  const applied = writeOps(target, ops, context, { type: 'rescue' });
  return applied.changes.length > 0 ? applied : null;
}

function planRescue(target: WriteTarget, writes: RecordWrites): readonly Op[] {
  const { root, id, removed, written } = writes;
  const map: RootMap = target.doc.getMap<unknown>(root);
  const generations = [...(target.findGenerations?.(map, id) ?? readableGenerations(map))];
  const removals = readTombstones(map, id, generations);
  const isForgotten = removed.some((birth) => !removals.has(birth));
  const again: Op = { type: 'remove-record', root, id, births: removed };
  const covered = new Set([...removals, ...removed]);
  const lost = written === undefined ? [] : planReturn(map, generations, covered, { ...writes, written });
  return isForgotten ? [again, ...lost] : lost;
}

/** Brings back what of a record's writes was lost, unless the record was removed. */
function planReturn(
  map: RootMap,
  generations: readonly string[],
  covered: ReadonlySet<Stamp>,
  { root, id, written }: RecordWrites & { readonly written: Written },
): readonly Op[] {
  const { created, base, fields } = written;
  const isThere = ({ generation, births }: { generation: string; births: readonly Stamp[] }) =>
    isCopyThere(map, generation, id, births);
  const isLost = (write: FieldChange) => !isThere(write) || isOvertaken(map, write);
  const lost = new Map([...fields].filter(([, write]) => isLost(write)));
  if (created !== undefined && !isThere({ ...created, births: created.record.births }))
    for (const write of writesOf(created)) if (!lost.has(write.field)) lost.set(write.field, write);
  if (lost.size === 0 || base.births.every((birth) => covered.has(birth))) return [];
  const now = livingRecord(readCopies(map, id, generations), covered);
  const isSame = now?.births.some((birth) => base.births.includes(birth)) ?? false;
  if (now !== undefined && (isSame || created === undefined))
    return [...lost.values()].flatMap((write) => repeatWrite(write, now));
  const record = recreate(base, [...fields.values()]);
  return [{ type: 'restore-record', root, id, record, reborn: false }];
}

/** A record that was made here, field by field. */
function writesOf({
  root,
  id,
  generation,
  record: { births, fields },
}: CreatedChange): readonly FieldChange[] {
  const writes = Object.entries(fields);
  return writes.map(([field, after]) => ({
    type: 'field',
    root,
    id,
    generation,
    births,
    field,
    before: null,
    after,
  }));
}

function isCopyThere(map: RootMap, generation: string, id: string, births: readonly Stamp[]): boolean {
  const copy = readGeneration(map, generation)?.get(id);
  if (!(copy instanceof Y.Map)) return false;
  return readBirths(copy.get(BIRTH_KEY))?.some((birth) => births.includes(birth)) ?? false;
}

/**
 * Whether an older value stands where this one was written: of two that were written into one copy at once, Yjs keeps one
 * without looking at their stamps, also when the other is a copy of what stood elsewhere before.
 */
function isOvertaken(map: RootMap, { generation, id, field, after }: FieldChange): boolean {
  const copy = readGeneration(map, generation)?.get(id);
  if (after === null || !(copy instanceof Y.Map) || !copy.has(field)) return false;
  const births = readBirths(copy.get(BIRTH_KEY)) ?? [];
  return stampOf(copy.get(field), birthOf({ births })) < after.stamp;
}

/** The record without the copies that are about to be removed again. */
function livingRecord(copies: readonly Copy[], covered: ReadonlySet<Stamp>): StoredRecord | undefined {
  const living = copies.filter((copy) => !copy.births.every((birth) => covered.has(birth)));
  return living.length === 0 ? undefined : mergeCopies(living.map(readCopy));
}

/** An edit made again where the record is now, unless somebody has edited the same field later. */
function repeatWrite(
  { root, id, field, births, before, after }: FieldChange,
  now: StoredRecord,
): readonly Op[] {
  const stands = now.fields[field];
  if (after === null) {
    const isOlder = stands !== undefined && before !== null && stands.stamp <= before.stamp;
    return isOlder ? [{ type: 'clear-field', root, id, field }] : [];
  }
  const isJoined = stands !== undefined && now.births.some((birth) => !births.includes(birth));
  if (isJoined && (field === 'notes' || field === 'tags')) {
    const { value } = joinFields(field, stands, after);
    return [{ type: 'set-field', root, id, field, value }];
  }
  if (stands !== undefined && stands.stamp >= after.stamp) return [];
  return [{ type: 'set-field', root, id, field, value: after.value, stamp: after.stamp }];
}

/** The record as it was known here, with what was written to it here. */
function recreate(base: StoredRecord, writes: readonly FieldChange[]): StoredRecord {
  const fields = Object.assign(bareObject<StoredField>(), base.fields);
  for (const { field, after } of writes) {
    const stands = fields[field];
    if (after === null) delete fields[field];
    else if (stands === undefined || stands.stamp < after.stamp) fields[field] = after;
  }
  return { births: base.births, fields };
}
