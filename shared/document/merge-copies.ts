import { type Stamp } from '../kernel/stamp.ts';
import { MAX_NOTES, MAX_TAGS } from './limits.ts';
import {
  bareObject,
  isList,
  birthOf,
  type Plain,
  samePlain,
  type StoredField,
  type StoredRecord,
} from './stored-value.ts';

/**
 * Several copies of one record, made into one: the later edit wins, field by field. Notes and tags of copies that were made
 * apart are kept side by side, so that nothing that somebody wrote is lost. The order of the copies does not matter.
 */
export function mergeCopies(copies: readonly StoredRecord[]): StoredRecord {
  const [only, another] = copies;
  if (only !== undefined && another === undefined) return only;
  const families = familiesOf(copies);
  const fields = bareObject<StoredField>();
  for (const family of families) {
    for (const [name, field] of Object.entries(family.fields)) {
      const other = fields[name];
      fields[name] = other === undefined ? field : joinFields(name, other, field);
    }
  }
  return { births: unite(families.map((family) => family.births)), fields };
}

/** Two values of one field that were written without knowing of one another. `older` is the older record's. */
export function joinFields(name: string, older: StoredField, newer: StoredField): StoredField {
  if (!JOINED.has(name)) return laterField(older, newer);
  if (older.value === null || newer.value === null) return older.value === null ? newer : older;
  const joined = name === 'notes' ? joinNotes(older, newer) : uniteTags(older, newer);
  return joined ?? laterField(older, newer);
}

const JOINED: ReadonlySet<string> = new Set(['notes', 'tags']);

/** Copies that share a birth are one record that was carried along: among them notes are not joined. */
function familiesOf(copies: readonly StoredRecord[]): readonly StoredRecord[] {
  let families: readonly StoredRecord[] = [];
  for (const copy of copies) {
    const related = families.filter((family) => family.births.some((birth) => copy.births.includes(birth)));
    families = [
      ...families.filter((family) => !related.includes(family)),
      related.reduce(mergeRelated, copy),
    ];
  }
  return families.toSorted((a, b) => (birthOf(a) < birthOf(b) ? -1 : 1));
}

function mergeRelated(a: StoredRecord, b: StoredRecord): StoredRecord {
  const fields = Object.assign(bareObject<StoredField>(), a.fields);
  for (const [name, field] of Object.entries(b.fields)) {
    const other = fields[name];
    fields[name] = other === undefined ? field : laterField(other, field);
  }
  return { births: unite([a.births, b.births]), fields };
}

function unite(births: readonly (readonly Stamp[])[]): readonly Stamp[] {
  return [...new Set(births.flat())].sort();
}

/** The later of two; of two with one stamp, which only a forger makes, the same one everywhere. */
export function laterField(a: StoredField, b: StoredField): StoredField {
  if (a.stamp !== b.stamp) return a.stamp < b.stamp ? b : a;
  return samePlain(a.value, b.value) || orderOf(a.value) >= orderOf(b.value) ? a : b;
}

function orderOf(value: Plain): string {
  return JSON.stringify(value);
}

function joinNotes(older: StoredField, newer: StoredField): StoredField | undefined {
  if (typeof older.value !== 'string' || typeof newer.value !== 'string') return undefined;
  const stamp = older.stamp < newer.stamp ? newer.stamp : older.stamp;
  return { value: joinText(older.value, newer.value), stamp };
}

/** Both texts, each once, the older first; cut where joined notes end. */
export function joinText(older: string, newer: string): string {
  if (older === '' || newer.includes(older)) return newer;
  if (newer === '' || older.includes(newer)) return older;
  return `${older}\n${newer}`.slice(0, MAX_NOTES);
}

function uniteTags(older: StoredField, newer: StoredField): StoredField | undefined {
  if (!isList(older.value) || !isList(newer.value)) return undefined;
  const stamp = older.stamp < newer.stamp ? newer.stamp : older.stamp;
  const tags: Plain[] = [...older.value, ...newer.value].filter((tag) => typeof tag === 'string');
  return { value: [...new Set(tags)].slice(0, MAX_TAGS), stamp };
}
