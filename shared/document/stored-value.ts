import { isStamp, OLDEST_STAMP, type Stamp } from '../kernel/stamp.ts';
import { MAX_KEY_LENGTH, MAX_VALUE_DEPTH, MAX_VALUE_SIZE } from './limits.ts';

/**
 * Plain values as documents hold them. A field that was never edited is stored bare and is as old as its record; an edited
 * one as `{v, t}`, value and stamp. No field's own value is an object of exactly those two.
 */
export type Plain = null | boolean | number | string | readonly Plain[] | { readonly [key: string]: Plain };

/** A field with the stamp of its last edit. */
export type StoredField = { readonly value: Plain; readonly stamp: Stamp };

/** A whole record as it is stored, without its id; what archives, undo and rescue keep. Plain JSON. */
export type StoredRecord = {
  /** The births of all copies that it was made from, oldest first: its identity for removals. */
  readonly births: readonly Stamp[];
  readonly fields: Readonly<Record<string, StoredField>>;
};

/** The first birth: how old a record is, and the stamp of what was never edited since. */
export function birthOf({ births }: { readonly births: readonly Stamp[] }): Stamp {
  return births[0] ?? OLDEST_STAMP;
}

/**
 * A record as it is shown. What was cleared is kept as a null with its stamp, so that it counts as an edit where copies of a
 * record meet; nobody else needs to know.
 */
export function withoutCleared(record: StoredRecord): StoredRecord {
  const entries = Object.entries(record.fields);
  if (entries.every(([, { value }]) => value !== null)) return record;
  const fields = bareObject<StoredField>();
  for (const [name, field] of entries) if (field.value !== null) fields[name] = field;
  return { births: record.births, fields };
}

/** The value inside what is stored for a field. Still unchecked. */
export function valueOf(stored: unknown): unknown {
  return isStamped(stored) ? stored.v : stored;
}

/** The stamp of what is stored for a field: its own, or its record's birth. */
export function stampOf(stored: unknown, birth: Stamp): Stamp {
  if (!isStamped(stored)) return birth;
  return isStamp(stored.t) ? stored.t : OLDEST_STAMP;
}

/** A value with its stamp, for fields and for flat keys. */
export function stamped(value: Plain, stamp: Stamp): Plain {
  return { v: value, t: stamp };
}

function isStamped(stored: unknown): stored is { v: unknown; t: unknown } {
  if (typeof stored !== 'object' || stored === null || !('v' in stored && 't' in stored)) return false;
  return Object.keys(stored).length === 2;
}

/** Whether a value from a document is plain and of bearable size; shared types, bytes and bigints are not. */
export function isPlain(value: unknown): value is Plain {
  return sizeOf(value, MAX_VALUE_DEPTH) <= MAX_VALUE_SIZE;
}

/** Characters and entries of a plain value, all parts together; infinite for anything else. */
function sizeOf(value: unknown, depth: number): number {
  if (typeof value === 'string') return value.length;
  if (typeof value === 'number') return Number.isFinite(value) ? 1 : Infinity;
  if (typeof value === 'boolean' || value === null) return 1;
  if (typeof value !== 'object' || depth === 0) return Infinity;
  const isArray = Array.isArray(value);
  if (!isArray && Object.getPrototypeOf(value) !== Object.prototype) return Infinity;
  // Yjs tells values apart by their constructor, and throws on one that says it has another.
  if (Object.hasOwn(value, 'constructor')) return Infinity;
  let size = 1;
  for (const [key, part] of Object.entries(value)) {
    size += 1 + (isArray ? 0 : key.length) + sizeOf(part, depth - 1);
    if (size > MAX_VALUE_SIZE) return Infinity;
  }
  return size;
}

/** An object that is born with no names, for keys that come from elsewhere. */
export function bareObject<T>(): Record<string, T> {
  return Object.create(null) as Record<string, T>;
}

export function isList(value: Plain): value is readonly Plain[] {
  return Array.isArray(value);
}

/** Whether two plain values say the same; the order of an object's keys does not count. */
export function samePlain(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const entries = Object.entries(a);
  if (entries.length !== Object.keys(b).length) return false;
  return entries.every(
    ([key, part]) => Object.hasOwn(b, key) && samePlain(part, (b as Record<string, unknown>)[key]),
  );
}

/** Names of fields start with a letter; so none is `__proto__`, and none is the birth. */
export function isFieldName(name: string): boolean {
  return name.length <= MAX_KEY_LENGTH && /^[A-Za-z]/.test(name);
}

/** Text with half a surrogate pair would come out differently on the other side of the wire; the half is replaced. */
export function wellFormed(value: Plain): Plain {
  if (typeof value === 'string') return repaired(value);
  if (typeof value !== 'object' || value === null) return value;
  if (isList(value)) return value.map(wellFormed);
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [repaired(key), wellFormed(part)] as const),
  );
}

function repaired(text: string): string {
  return HALF_PAIR.test(text) ? text.replaceAll(HALF_PAIRS, '\uFFFD') : text;
}

const HALF_PAIR = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;
const HALF_PAIRS = new RegExp(HALF_PAIR, 'g');
