import * as Y from 'yjs';
import type { Stamp } from '../kernel/stamp.ts';
import { isId } from './field-checks.ts';
import { isGenerationKey } from './generation.ts';
import { MAX_KEY_LENGTH, MAX_RECORDS, type RecordRoot } from './limits.ts';
import { createRecordIndex } from './record-index.ts';
import { BIRTH_KEY, type Copy, readBirths, readCopies, readGeneration, type RootMap } from './record-root.ts';
import type { Report } from './read-stream.ts';
import type { Problem } from './view.ts';

/**
 * The records of one root, read once and again only where a transaction touched them. Made for tens of thousands: nothing
 * here costs more than what changed, unless a root is beyond its limit.
 */
export type LiveRecords<T> = {
  /** Takes note of a transaction; nothing is read before `refresh`. */
  readonly follow: (events: readonly Y.YEvent<Y.AbstractType<unknown>>[]) => void;
  /** Reads again what was touched; gives what each id that is another now showed before. */
  readonly refresh: () => ReadonlyMap<string, T | undefined>;
  /** What is shown under an id. */
  readonly get: (id: string) => T | undefined;
  readonly entries: () => Iterable<readonly [string, T]>;
  readonly size: () => number;
  readonly problems: () => Iterable<Problem>;
  /** Another number whenever `problems` may give something else. */
  readonly problemVersion: () => number;
  readonly generationsOf: (id: string) => Iterable<string>;
};

/** `read` gives null for a record that is not to be shown, and reports why. */
export function createLiveRecords<T extends { readonly birth: Stamp }>(
  root: RecordRoot,
  map: RootMap,
  read: (id: string, copies: readonly Copy[], report: Report) => T | null,
  limit = MAX_RECORDS[root],
): LiveRecords<T> {
  const index = createRecordIndex(map);
  const records = new Map<string, T>();
  const problems = new Map<string, readonly Problem[]>();
  const dirty = new Set<string>(index.ids());
  let hidden: ReadonlySet<string> = new Set();
  let strangers: readonly Problem[] = [];
  let isRootTouched = true;
  let problemVersion = 0;

  const readOne = (id: string): T | null => {
    const found: Problem[] = [];
    const report: Report = (reason) => found.push({ root, id: id.slice(0, MAX_KEY_LENGTH), reason });
    const copies = readCopies(map, id, index.generationsOf(id));
    const record = copies.length > 0 && isId(id) ? read(id, copies, report) : null;
    if (copies.length > 0 && !isId(id)) report('its id cannot be read');
    if (copies.length === 0 && isUnreadable(map, id, index.generationsOf(id))) report('it is not a record');
    if (found.length > 0) problems.set(id, found);
    if (found.length > 0 || (problems.size > 0 && problems.delete(id))) problemVersion++;
    return record;
  };

  const get = (id: string) => (hidden.size > 0 && hidden.has(id) ? undefined : records.get(id));

  const refresh = (): ReadonlyMap<string, T | undefined> => {
    const before = new Map<string, T | undefined>();
    for (const id of dirty) {
      const was = get(id);
      const now = readOne(id);
      if (now === null) records.delete(id);
      else records.set(id, now);
      if (was !== undefined || now !== null) before.set(id, was);
    }
    dirty.clear();
    if (isRootTouched) {
      isRootTouched = false;
      strangers = findStrangers(root, map);
      problemVersion++;
    }
    if (records.size <= limit && hidden.size === 0) return before;
    problemVersion++;
    const wasHidden = hidden;
    hidden = new Set(beyond(records, limit));
    for (const id of wasHidden) if (!hidden.has(id) && !before.has(id)) before.set(id, undefined);
    for (const id of hidden) if (!wasHidden.has(id) && !before.has(id)) before.set(id, records.get(id));
    return before;
  };

  return {
    follow(events) {
      if (events.some((event) => event.target === map)) isRootTouched = true;
      for (const id of index.follow(events)) dirty.add(id);
    },
    refresh,
    get,
    *entries() {
      for (const entry of records) if (!hidden.has(entry[0])) yield entry;
    },
    size: () => records.size - hidden.size,
    problemVersion: () => problemVersion,
    *problems() {
      yield* strangers;
      for (const list of problems.values()) yield* list;
      for (const id of hidden) yield { root, id, reason: `there are more than ${limit}` };
    },
    generationsOf: index.generationsOf,
  };
}

/** What stands in a root and is no generation. */
function findStrangers(root: RecordRoot, map: RootMap): readonly Problem[] {
  const found: Problem[] = [];
  map.forEach((value, key) => {
    if (!isGenerationKey(key) || !(value instanceof Y.Map))
      found.push({ root, id: key.slice(0, MAX_KEY_LENGTH), reason: 'it is not a generation of records' });
  });
  return found;
}

/** Of too many, the oldest are shown: so a flood shuts nobody out who was there before. */
function beyond<T extends { readonly birth: Stamp }>(
  records: ReadonlyMap<string, T>,
  limit: number,
): string[] {
  const order = (a: readonly [string, T], b: readonly [string, T]) =>
    a[1].birth !== b[1].birth ? (a[1].birth < b[1].birth ? -1 : 1) : a[0] < b[0] ? -1 : 1;
  return [...records]
    .sort(order)
    .slice(limit)
    .map(([id]) => id);
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
