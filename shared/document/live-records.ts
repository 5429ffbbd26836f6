import * as Y from 'yjs';
import type { Stamp } from '../kernel/stamp.ts';
import { isId } from './field-checks.ts';
import { isGenerationKey } from './generation.ts';
import { MAX_KEY_LENGTH, MAX_RECORDS, type RecordRoot } from './limits.ts';
import { createRecordIndex, type DeepEvents, type RecordIndex } from './record-index.ts';
import { BIRTH_KEY, type Copy, readBirths, readCopies, readGeneration, type RootMap } from './record-root.ts';
import type { Report } from './read-stream.ts';
import type { Problem } from './view.ts';

/** Makes a record of the live copies of one id; null when it is not to be shown, with the reason reported. */
export type ReadCopies<T> = (id: string, copies: readonly Copy[], report: Report) => T | null;

/**
 * The records of one root, read once and again only where a transaction touched them. Made for tens of thousands: nothing
 * here costs more than what changed, unless a root is beyond its limit.
 */
export type LiveRecords<T> = {
  /** Takes note of a transaction; nothing is read before `refresh`. */
  readonly follow: (events: DeepEvents) => void;
  /** Reads again what was touched; gives what each id that is another now showed before. */
  readonly refresh: () => ReadonlyMap<string, T | undefined>;
  /** What is shown under an id. */
  readonly get: (id: string) => T | undefined;
  readonly ids: () => readonly string[];
  /** How many count for the limit: also those that are there and too many to be shown. */
  readonly size: () => number;
  readonly problems: () => Iterable<Problem>;
  /** Another number whenever `problems` may give something else. */
  readonly problemVersion: () => number;
  /** Where copies and removals of an id are. */
  readonly generationsOf: (id: string) => Iterable<string>;
};

export function createLiveRecords<T extends { readonly birth: Stamp }>(
  root: RecordRoot,
  map: RootMap,
  read: ReadCopies<T>,
  limit = MAX_RECORDS[root],
): LiveRecords<T> {
  return new RecordReader(root, map, read, limit);
}

class RecordReader<T extends { readonly birth: Stamp }> implements LiveRecords<T> {
  private readonly root: RecordRoot;
  private readonly map: RootMap;
  private readonly read: ReadCopies<T>;
  private readonly limit: number;
  private readonly index: RecordIndex;
  private readonly records = new Map<string, T>();
  private readonly found = new Map<string, readonly Problem[]>();
  private readonly dirty: Set<string>;
  private hidden: ReadonlySet<string> = new Set();
  private strangers: readonly Problem[] = [];
  private isRootTouched = true;
  /** A record came, went or changed its age since it was last decided which are too many. */
  private isCountTouched = false;
  private version = 0;

  constructor(root: RecordRoot, map: RootMap, read: ReadCopies<T>, limit: number) {
    this.root = root;
    this.map = map;
    this.read = read;
    this.limit = limit;
    this.index = createRecordIndex(map);
    this.dirty = new Set(this.index.ids());
  }

  readonly follow = (events: DeepEvents): void => {
    if (events.some((event) => event.target === this.map)) this.isRootTouched = true;
    for (const id of this.index.follow(events)) this.dirty.add(id);
  };

  readonly refresh = (): ReadonlyMap<string, T | undefined> => {
    const before = new Map<string, T | undefined>();
    for (const id of this.dirty) {
      const was = this.get(id);
      const now = this.readAgain(id);
      if (was !== undefined || now !== null) before.set(id, was);
    }
    this.dirty.clear();
    if (this.isRootTouched) {
      this.isRootTouched = false;
      this.strangers = findStrangers(this.root, this.map);
      this.version++;
    }
    if (this.isCountTouched && (this.records.size > this.limit || this.hidden.size > 0))
      this.hideExcess(before);
    this.isCountTouched = false;
    return before;
  };

  readonly get = (id: string): T | undefined => {
    return this.hidden.size > 0 && this.hidden.has(id) ? undefined : this.records.get(id);
  };

  readonly ids = (): readonly string[] => {
    return [...this.records.keys()].filter((id) => !this.hidden.has(id));
  };

  readonly size = (): number => this.records.size;

  readonly generationsOf = (id: string): Iterable<string> => this.index.generationsOf(id);

  readonly problems = (): Iterable<Problem> => this.listProblems();

  private *listProblems(): Iterable<Problem> {
    yield* this.strangers;
    for (const list of this.found.values()) yield* list;
    for (const id of this.hidden) yield { root: this.root, id, reason: `there are more than ${this.limit}` };
  }

  readonly problemVersion = (): number => this.version;

  private readAgain(id: string): T | null {
    const found: Problem[] = [];
    const report: Report = (reason) =>
      found.push({ root: this.root, id: id.slice(0, MAX_KEY_LENGTH), reason });
    const generations = this.index.generationsOf(id);
    const copies = readCopies(this.map, id, generations);
    const record = copies.length > 0 && isId(id) ? this.read(id, copies, report) : null;
    if (copies.length > 0 && !isId(id)) report('its id cannot be read');
    if (copies.length === 0 && isUnreadable(this.map, id, generations)) report('it is not a record');
    if (found.length > 0) this.found.set(id, found);
    if (found.length > 0 || (this.found.size > 0 && this.found.delete(id))) this.version++;
    if (record?.birth !== this.records.get(id)?.birth) this.isCountTouched = true;
    if (record === null) this.records.delete(id);
    else this.records.set(id, record);
    return record;
  }

  private hideExcess(before: Map<string, T | undefined>): void {
    const wasHidden = this.hidden;
    this.hidden = new Set(beyond(this.records, this.limit));
    this.version++;
    for (const id of wasHidden) if (!this.hidden.has(id) && !before.has(id)) before.set(id, undefined);
    for (const id of this.hidden)
      if (!wasHidden.has(id) && !before.has(id)) before.set(id, this.records.get(id));
  }
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
