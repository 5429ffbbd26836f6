import * as Y from 'yjs';
import { isStamp, type Stamp } from '../kernel/stamp.ts';
import { isGenerationKey } from './generation.ts';
import { MAX_BIRTHS, MAX_COPIES, MAX_FIELDS, MAX_GENERATIONS } from './limits.ts';
import { mergeCopies } from './merge-copies.ts';
import {
  bareObject,
  birthOf,
  isFieldName,
  isPlain,
  stampOf,
  type StoredField,
  type StoredRecord,
  valueOf,
  withoutCleared,
} from './stored-value.ts';

/**
 * Reading records. A root holds generations, a generation holds records under their ids and removals under `x:<id>`:
 *
 *     root ─ '0fw#desk0001' ─ 'twitch-name' ─ '@': birth, title: 'plain', status: {v, t}
 *                           └ 'x:other-id': {births, at, by}
 *
 * One id may have copies in several generations; they are read as one record. Nothing here throws on what it finds.
 */
export type RootMap = Y.Map<unknown>;

/** The key under which a record keeps its birth, or its births when copies were made into one. */
export const BIRTH_KEY = '@';
const TOMBSTONE_PREFIX = 'x:';

export function tombstoneKey(id: string): string {
  return TOMBSTONE_PREFIX + id;
}

/** The id that a key of a generation speaks of, and whether it is a removal. */
export function readRecordKey(key: string): { readonly id: string; readonly removal: boolean } {
  const removal = key.startsWith(TOMBSTONE_PREFIX);
  return { id: removal ? key.slice(TOMBSTONE_PREFIX.length) : key, removal };
}

/** One record in one generation. */
export type Copy = {
  readonly generation: string;
  readonly map: Y.Map<unknown>;
  readonly births: readonly Stamp[];
};

/** Which generations may hold something about an id; the default is all of them. */
export type FindGenerations = (root: RootMap, id: string) => Iterable<string>;

/** The generations that are read, newest first when there are too many to read all. */
export function readableGenerations(root: RootMap): string[] {
  const keys: string[] = [];
  root.forEach((_, key) => {
    if (isGenerationKey(key)) keys.push(key);
  });
  return keys.length <= MAX_GENERATIONS ? keys : keys.sort().reverse().slice(0, MAX_GENERATIONS);
}

/** A generation, or nothing when something else stands there. */
export function readGeneration(root: RootMap, key: string): Y.Map<unknown> | undefined {
  const generation = root.get(key);
  return generation instanceof Y.Map ? generation : undefined;
}

/** A record's births, oldest first; nothing when they cannot be read, which makes the copy unreadable. */
export function readBirths(stored: unknown): readonly Stamp[] | undefined {
  if (isStamp(stored)) return [stored];
  if (!Array.isArray(stored) || stored.length === 0 || stored.length > MAX_BIRTHS) return undefined;
  return stored.every(isStamp) ? [...new Set(stored)].sort() : undefined;
}

/** The births that removals of this id cover, in all generations. */
export function readTombstones(root: RootMap, id: string, generations: Iterable<string>): ReadonlySet<Stamp> {
  const covered = new Set<Stamp>();
  for (const key of generations) {
    for (const birth of readTombstone(readGeneration(root, key)?.get(tombstoneKey(id)))) covered.add(birth);
  }
  return covered;
}

/** The births in a stored removal; none when it cannot be read. */
export function readTombstone(stored: unknown): readonly Stamp[] {
  if (typeof stored !== 'object' || stored === null || !('births' in stored)) return [];
  return readBirths(stored.births) ?? [];
}

/**
 * The copies of a record that are alive, the one that edits go to first: that is the newest generation's, as the last to be
 * retired. A copy is dead when removals cover all its births.
 */
export function readCopies(root: RootMap, id: string, generations?: Iterable<string>): readonly Copy[] {
  const keys = generations ?? readableGenerations(root);
  const copies: Copy[] = [];
  let covered: ReadonlySet<Stamp> | undefined;
  for (const generation of keys) {
    const map = readGeneration(root, generation)?.get(id);
    if (!(map instanceof Y.Map)) continue;
    const births = readBirths(map.get(BIRTH_KEY));
    if (births === undefined) continue;
    covered ??= readTombstones(root, id, keys);
    const dead = covered;
    if (!births.every((birth) => dead.has(birth))) copies.push({ generation, map, births });
  }
  if (copies.length < 2) return copies;
  return copies.sort((a, b) => (a.generation < b.generation ? 1 : -1)).slice(0, MAX_COPIES);
}

/** A record with all its live copies made into one, as it is shown, or nothing when there is none. */
export function readRecord(
  root: RootMap,
  id: string,
  generations?: Iterable<string>,
): StoredRecord | undefined {
  const whole = readWholeRecord(root, id, generations);
  return whole && withoutCleared(whole);
}

/** The same with word of what was cleared: for carrying and archiving. */
export function readWholeRecord(
  root: RootMap,
  id: string,
  generations?: Iterable<string>,
): StoredRecord | undefined {
  const copies = readCopies(root, id, generations);
  if (copies.length === 0) return undefined;
  return mergeCopies(copies.map(readCopy));
}

/** One copy as a plain value. Fields that are not plain are left out; of too many the same ones on every replica. */
export function readCopy(copy: Copy): StoredRecord {
  const fields = bareObject<StoredField>();
  const birth = birthOf(copy);
  for (const [name, stored] of readableEntries(copy.map)) {
    const value = valueOf(stored);
    if (isPlain(value)) fields[name] = { value, stamp: stampOf(stored, birth) };
  }
  return { births: copy.births, fields };
}

/**
 * They come in the order in which they were heard of, which differs from replica to replica; so too many are sorted first,
 * and the short names are kept, which the fields have that a record cannot do without.
 */
function readableEntries(map: Copy['map']): readonly (readonly [string, unknown])[] {
  const named = [...map.entries()].filter(([name]) => isFieldName(name));
  if (named.length <= MAX_FIELDS) return named;
  return named.sort(([a], [b]) => a.length - b.length || (a < b ? -1 : 1)).slice(0, MAX_FIELDS);
}
