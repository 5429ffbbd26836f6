import * as Y from 'yjs';
import type { Stamp } from '../kernel/stamp.ts';
import { generationKey } from './generation.ts';
import { MAX_BIRTHS, MAX_KEPT_BIRTHS, type RecordRoot } from './limits.ts';
import { mergeCopies } from './merge-copies.ts';
import type { Change, KnownRecord, PlainFields, WriteContext } from './op.ts';
import {
  BIRTH_KEY,
  type Copy,
  type FindGenerations,
  readableGenerations,
  readCopies,
  readCopy,
  readGeneration,
  readTombstone,
  readTombstones,
  type RootMap,
  tombstoneKey,
} from './record-root.ts';
import {
  bareObject,
  birthOf,
  isPlain,
  type Plain,
  samePlain,
  stamped,
  stampOf,
  type StoredField,
  type StoredRecord,
  valueOf,
  wellFormed,
} from './stored-value.ts';

/**
 * Writing records: the effects behind `write-ops`, each inside its transaction. Only a replica's own generation of today
 * ever gets a map set into it by that replica; in all others it edits fields and deletes.
 */
export type Writer = {
  readonly doc: Y.Doc;
  /** Where to look for an id's copies; without it every generation is looked at. */
  readonly findGenerations?: FindGenerations | undefined;
  readonly context: WriteContext;
  readonly changes: Change[];
  readonly known: KnownRecord[];
};

export function createRecord(writer: Writer, root: RecordRoot, id: string, fields: PlainFields): void {
  if (copiesOf(writer, root, id).length > 0) {
    for (const [field, value] of Object.entries(fields)) setField(writer, root, id, field, value);
    return;
  }
  const birth = writer.context.stamps.next();
  const record = bareObject<StoredField>();
  for (const [field, value] of Object.entries(fields))
    record[field] = { value: storable(value), stamp: birth };
  putCopy(writer, root, id, { births: [birth], fields: record });
}

/**
 * Brings a record back, with its births and stamps. What a record that is there lacks of it comes as one more copy, into
 * an own generation where it has none: written into a copy that others see, an old value could come to stand where one of
 * them writes a new one at the same time, for Yjs knows nothing of stamps.
 */
export function restoreRecord(
  writer: Writer,
  root: RecordRoot,
  id: string,
  record: StoredRecord,
  reborn: boolean,
): void {
  const born = reborn ? [...record.births, writer.context.stamps.next(record.births.at(-1))] : record.births;
  const births = keptBirths(born, tombstonesOf(writer, root, id));
  const past: StoredRecord = { births, fields: record.fields };
  const copies = copiesOf(writer, root, id);
  if (copies.length === 0) return putCopy(writer, root, id, past);
  const before = mergeCopies(copies.map(readCopy));
  const changed = Object.entries(mergeCopies([before, past]).fields).filter(
    ([field, after]) => !isSameField(before.fields[field], after),
  );
  const generation = ownKeys(writer).find((key) => copies.every((copy) => copy.generation !== key));
  if (changed.length === 0) return;
  keepKnown(writer, root, id, copies);
  if (generation === undefined) {
    for (const [field, { value, stamp }] of changed) setField(writer, root, id, field, value, stamp);
    return;
  }
  storeCopy(writer, root, id, past, generation);
  for (const [field, after] of changed) {
    const stood = before.fields[field] ?? null;
    writer.changes.push({ type: 'field', root, id, generation, births, field, before: stood, after });
  }
}

function isSameField(before: StoredField | undefined, after: StoredField): boolean {
  return before !== undefined && before.stamp === after.stamp && samePlain(before.value, after.value);
}

/**
 * Makes copies into one, in an own generation. For the one who tidies. A copy never gets births that it did not have: who
 * removes it meanwhile, having seen only those, would take the others along. These get a place of their own.
 * @param leaving own generations that are about to go
 * @returns the generation that holds it now
 */
export function gatherCopies(
  writer: Writer,
  root: RecordRoot,
  id: string,
  record: StoredRecord,
  leaving: ReadonlySet<string>,
): string {
  const births = keptBirths(record.births, tombstonesOf(writer, root, id));
  const copies = copiesOf(writer, root, id);
  const own = copies.find((copy) => copy.generation === ownKey(writer));
  const isFree = (key: string) => !leaving.has(key) && copies.every((copy) => copy.generation !== key);
  const isGrown = own !== undefined && births.some((birth) => !own.births.includes(birth));
  const place = own === undefined ? ownKey(writer) : isGrown ? ownKeys(writer).find(isFree) : undefined;
  if (place !== undefined) storeCopy(writer, root, id, { births, fields: record.fields }, place);
  else if (own !== undefined) joinIntoCopy(own, { births, fields: record.fields });
  return place ?? ownKey(writer);
}

/** Field by field: replacing it whole would drop what others write into it meanwhile. */
function joinIntoCopy(copy: Copy, record: StoredRecord): void {
  const whole = readCopy(copy);
  const merged = mergeCopies([whole, record]);
  for (const [field, after] of Object.entries(merged.fields))
    if (!isSameField(whole.fields[field], after))
      copy.map.set(field, stamped(storable(after.value), after.stamp));
  if (!samePlain(copy.births, merged.births)) growOlder(copy, readCopy(copy), merged.births);
}

/** Another first birth changes how old the bare fields are; they are written out before it does. */
function growOlder({ map }: Copy, { births, fields }: StoredRecord, all: readonly Stamp[]): void {
  if (all[0] !== births[0])
    for (const [field, { value, stamp }] of Object.entries(fields))
      if (stamp === births[0] && samePlain(map.get(field), value)) map.set(field, stamped(value, stamp));
  map.set(BIRTH_KEY, [...all]);
}

/** Of very many births: the first, which is the record's age, and the last ones that no removal covers. */
function keptBirths(births: readonly Stamp[], covered: ReadonlySet<Stamp>): readonly Stamp[] {
  const distinct = [...new Set(births)].sort();
  if (distinct.length <= MAX_KEPT_BIRTHS) return distinct;
  const others = distinct.slice(1).filter((birth) => !covered.has(birth));
  return [...distinct.slice(0, 1), ...others.slice(1 - MAX_KEPT_BIRTHS)];
}

/** Puts a whole record into this replica's generation of today. */
function putCopy(writer: Writer, root: RecordRoot, id: string, record: StoredRecord): void {
  storeCopy(writer, root, id, record, ownKey(writer));
  writer.changes.push({ type: 'created', root, id, generation: ownKey(writer), record });
}

/** Only in its own generations a replica may set a map under a record's id. */
function storeCopy(writer: Writer, root: RecordRoot, id: string, record: StoredRecord, own: string): void {
  const birth = birthOf(record);
  const map = new Y.Map<unknown>();
  map.set(BIRTH_KEY, record.births.length === 1 ? birth : [...record.births]);
  for (const [field, { value, stamp }] of Object.entries(record.fields)) {
    map.set(field, stamp === birth ? storable(value) : stamped(storable(value), stamp));
  }
  ownGeneration(writer, root, own).set(id, map);
}

export function setField(
  writer: Writer,
  root: RecordRoot,
  id: string,
  field: string,
  value: Plain,
  stamp?: Stamp,
): void {
  const copies = copiesOf(writer, root, id);
  const copy = copies[0];
  if (copy === undefined) return;
  const before = fieldOf(copies, field);
  const stored = storable(value);
  if (samePlain(before?.value, stored)) return;
  keepKnown(writer, root, id, copies);
  const after = { value: stored, stamp: stamp ?? writer.context.stamps.next(before?.stamp) };
  // Into every copy that is seen: whoever removes one of them without having seen the others does not take the edit along.
  for (const { map } of copies) map.set(field, stamped(stored, after.stamp));
  const { generation, births } = copy;
  writer.changes.push({ type: 'field', root, id, generation, births, field, before, after });
}

/**
 * Clears a field and leaves word of it, as of any other edit. A field whose name speaks of one other thing (`b:…`, `s:…`)
 * goes without a word: there would be no end of them.
 */
export function clearField(writer: Writer, root: RecordRoot, id: string, field: string): void {
  if (!field.includes(':')) {
    const shown = fieldOf(copiesOf(writer, root, id), field);
    if (shown !== null && shown.value !== null) setField(writer, root, id, field, null);
    return;
  }
  const copies = copiesOf(writer, root, id);
  const before = fieldOf(copies, field);
  const holders = copies.filter((copy) => copy.map.has(field));
  const [holder] = holders;
  if (holder === undefined) return;
  keepKnown(writer, root, id, copies);
  for (const copy of holders) copy.map.delete(field);
  const { generation, births } = holder;
  writer.changes.push({ type: 'field', root, id, generation, births, field, before, after: null });
}

/**
 * Deletes the copies that are seen and leaves word of it, so that copies carried along by others stay dead. With `births`,
 * deletes only what those cover.
 */
export function removeRecord(writer: Writer, root: RecordRoot, id: string, births?: readonly Stamp[]): void {
  const seen = copiesOf(writer, root, id);
  const copies =
    births === undefined ? seen : seen.filter((copy) => copy.births.every((birth) => births.includes(birth)));
  if (copies.length === 0 && isCovered(births ?? [], tombstonesOf(writer, root, id))) return;
  const gone = copies.length === 0 ? { births: [], fields: {} } : mergeCopies(copies.map(readCopy));
  const before = { ...gone, births: [...new Set([...gone.births, ...(births ?? [])])].sort() };
  const map = rootMap(writer, root);
  const own = ownGeneration(writer, root);
  const covered = [...new Set([...readTombstone(own.get(tombstoneKey(id))), ...before.births])].sort();
  for (const copy of copies) readGeneration(map, copy.generation)?.delete(id);
  own.set(tombstoneKey(id), {
    births: covered.slice(-MAX_BIRTHS),
    at: writer.context.nowMs,
    by: writer.context.actor,
  });
  writer.changes.push({ type: 'removed', root, id, before });
}

function isCovered(births: readonly Stamp[], covered: ReadonlySet<Stamp>): boolean {
  return births.every((birth) => covered.has(birth));
}

/** A field as shown; nothing when it is not there or cannot be read. */
function fieldOf(copies: readonly Copy[], field: string): StoredField | null {
  const [copy, another] = copies;
  if (copy === undefined) return null;
  if (another !== undefined) return mergeCopies(copies.map(readCopy)).fields[field] ?? null;
  const stored = copy.map.get(field);
  const value = valueOf(stored);
  return isPlain(value) ? { value, stamp: stampOf(stored, birthOf(copy)) } : null;
}

/** Keeps the record as it was before the first edit of it here. */
function keepKnown({ known, changes }: Writer, root: RecordRoot, id: string, copies: readonly Copy[]): void {
  const isKept = (entry: { root: string; id: string }) => entry.root === root && entry.id === id;
  if (known.some(isKept) || changes.some((change) => change.type === 'created' && isKept(change))) return;
  known.push({ root, id, record: mergeCopies(copies.map(readCopy)) });
}

export function copiesOf(writer: Writer, root: RecordRoot, id: string): readonly Copy[] {
  const map = rootMap(writer, root);
  return readCopies(map, id, generationsOf(writer, map, id));
}

function tombstonesOf(writer: Writer, root: RecordRoot, id: string): ReadonlySet<Stamp> {
  const map = rootMap(writer, root);
  return readTombstones(map, id, generationsOf(writer, map, id));
}

/** What this transaction itself created or removed is in an own generation, and may not be found yet. */
function generationsOf(writer: Writer, map: RootMap, id: string): Iterable<string> {
  const { findGenerations } = writer;
  if (findGenerations === undefined) return readableGenerations(map);
  return new Set([...findGenerations(map, id), ...ownKeys(writer)]);
}

export function rootMap(writer: Writer, root: RecordRoot): RootMap {
  return writer.doc.getMap<unknown>(root);
}

export function ownKey({ context }: Writer): string {
  return generationKey(context.nowMs, context.replica);
}

/** The own generations that copies are put into: of today, and of the days before for what comes back beside a copy there. */
function ownKeys({ context }: Writer): readonly string[] {
  const days = Array.from({ length: OWN_DAYS }, (_, ago) => context.nowMs - ago * DAY_MS);
  return days.map((dayMs) => generationKey(dayMs, context.replica));
}

/** Fewer than after which a generation is retired. */
const OWN_DAYS = 4;
const DAY_MS = 86_400_000;

export function ownGeneration(writer: Writer, root: RecordRoot, own = ownKey(writer)): Y.Map<unknown> {
  const map = rootMap(writer, root);
  const found = readGeneration(map, own);
  if (found !== undefined) return found;
  const made = new Y.Map<unknown>();
  map.set(own, made);
  return made;
}

/** A value as it can be stored; throws on one that is not plain, which is the caller's mistake. */
export function storable(value: Plain): Plain {
  if (!isPlain(value)) throw new Error('only plain values of bounded size are written to a document');
  return wellFormed(value);
}
