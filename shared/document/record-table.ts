import * as Y from 'yjs';
import { OLDEST_STAMP, type Stamp } from '../kernel/stamp.ts';
import { MAX_KEY_LENGTH, MAX_RECORDS, type RecordRoot } from './limits.ts';
import { createRecordIndex, type DeepEvents } from './record-index.ts';
import { isId, type Report } from './read-tile.ts';
import { readBirths, readGeneration, readRecord, type RootMap, BIRTH_KEY } from './record-root.ts';
import type { StoredRecord } from './stored-value.ts';
import type { Problem } from './view.ts';

/** The records of one root, read and kept up to date; those that did not change keep their identity. */
export type RecordTable<Id extends string, T> = {
  /** Takes note of a transaction; nothing is read before `refresh`. */
  readonly follow: (events: DeepEvents) => void;
  /** Reads again what was touched; gives the ids whose record is another now, or gone, or new. */
  readonly refresh: () => ReadonlySet<string>;
  /** What is shown; a new map when `refresh` gave any id, else the same. */
  readonly records: () => ReadonlyMap<Id, T>;
  /** The same list until something about it changes. */
  readonly problems: () => readonly Problem[];
  readonly generationsOf: (id: string) => Iterable<string>;
};

/** `read` gives null for a record that is not to be shown, and reports why. */
export function createRecordTable<Id extends string, T>(
  root: RecordRoot,
  map: RootMap,
  read: (id: Id, record: StoredRecord, report: Report) => T | null,
): RecordTable<Id, T> {
  const index = createRecordIndex(map);
  const limit = MAX_RECORDS[root];
  const readable = new Map<Id, { readonly value: T; readonly birth: Stamp }>();
  const problems = new Map<string, readonly Problem[]>();
  const dirty = new Set<string>(index.ids());
  let shown: ReadonlyMap<Id, T> = new Map();
  let listed: readonly Problem[] = [];

  const readAgain = (id: string): void => {
    readable.delete(id as Id);
    problems.delete(id);
    const found: Problem[] = [];
    const report: Report = (reason) => found.push({ root, id: id.slice(0, MAX_KEY_LENGTH), reason });
    const record = readRecord(map, id, index.generationsOf(id));
    if (record === undefined) {
      if (isUnreadable(map, id, index.generationsOf(id))) report('it is not a record');
    } else if (!isId(id)) {
      report('its id cannot be read');
    } else {
      const value = read(id as Id, record, report);
      if (value !== null) readable.set(id as Id, { value, birth: record.births[0] ?? OLDEST_STAMP });
    }
    if (found.length > 0) problems.set(id, found);
  };

  const refresh = (): ReadonlySet<string> => {
    if (dirty.size === 0) return dirty;
    const hadProblems = problems.size > 0 || listed.length > 0;
    for (const id of dirty) readAgain(id);
    dirty.clear();
    const before = shown;
    const kept = readable.size <= limit ? readable : oldest(readable, limit);
    shown = new Map([...kept].map(([id, { value }]) => [id, value]));
    if (hadProblems || problems.size > 0 || kept !== readable) {
      const hidden = [...readable.keys()].filter((id) => !kept.has(id));
      const reason = `there are more than ${limit}`;
      listed = [...[...problems.values()].flat(), ...hidden.map((id) => ({ root, id, reason }))];
    }
    return differences(before, shown);
  };

  return {
    follow(events) {
      for (const id of index.follow(events)) dirty.add(id);
    },
    refresh,
    records: () => shown,
    problems: () => listed,
    generationsOf: index.generationsOf,
  };
}

/** Of too many, the oldest: so a flood shuts nobody out who was there before. */
function oldest<Id extends string, V extends { readonly birth: Stamp }>(
  records: ReadonlyMap<Id, V>,
  limit: number,
): ReadonlyMap<Id, V> {
  const order = (a: readonly [Id, V], b: readonly [Id, V]) =>
    a[1].birth !== b[1].birth ? (a[1].birth < b[1].birth ? -1 : 1) : a[0] < b[0] ? -1 : 1;
  return new Map([...records].sort(order).slice(0, limit));
}

function differences<T>(before: ReadonlyMap<string, T>, after: ReadonlyMap<string, T>): ReadonlySet<string> {
  const changed = new Set<string>();
  for (const [id, value] of after) if (before.get(id) !== value) changed.add(id);
  for (const id of before.keys()) if (!after.has(id)) changed.add(id);
  return changed;
}

/** Something stands there that is neither a record nor the remains of one. */
function isUnreadable(map: RootMap, id: string, generations: Iterable<string>): boolean {
  for (const key of generations) {
    const stored = readGeneration(map, key)?.get(id);
    if (stored === undefined) continue;
    if (!(stored instanceof Y.Map) || readBirths(stored.get(BIRTH_KEY)) === undefined) return true;
  }
  return false;
}
