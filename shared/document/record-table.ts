import { OLDEST_STAMP, type Stamp } from '../kernel/stamp.ts';
import type { RecordRoot } from './limits.ts';
import { createLiveRecords, type LiveRecords } from './live-records.ts';
import { mergeCopies } from './merge-copies.ts';
import type { DeepEvents } from './record-index.ts';
import { readCopy, type RootMap } from './record-root.ts';
import type { Report } from './read-tile.ts';
import { type StoredRecord, withoutCleared } from './stored-value.ts';

/** The records of a small root as one map, which is another only when a record is. */
export type RecordTable<Id extends string, T> = {
  /** Takes note of a transaction; nothing is read before `refresh`. */
  readonly follow: (events: DeepEvents) => void;
  /** Reads again what was touched; gives the ids whose record is another now, or gone, or new. */
  readonly refresh: () => ReadonlySet<string>;
  readonly records: () => ReadonlyMap<Id, T>;
} & Pick<LiveRecords<T>, 'problems' | 'problemVersion' | 'generationsOf'>;

/** `read` gives null for a record that is not to be shown, and reports why. */
export function createRecordTable<Id extends string, T>(
  root: RecordRoot,
  map: RootMap,
  read: (id: Id, record: StoredRecord, report: Report) => T | null,
): RecordTable<Id, T> {
  type Read = { readonly birth: Stamp; readonly value: T };
  const live = createLiveRecords<Read>(root, map, (id, copies, report) => {
    const record = withoutCleared(mergeCopies(copies.map(readCopy)));
    const value = read(id as Id, record, report);
    return value === null ? null : { birth: record.births[0] ?? OLDEST_STAMP, value };
  });
  let records: ReadonlyMap<Id, T> = new Map();
  return {
    follow: live.follow,
    refresh() {
      const touched = live.refresh();
      if (touched.size === 0) return new Set();
      const next = new Map(records);
      for (const id of touched.keys()) {
        const found = live.get(id);
        if (found === undefined) next.delete(id as Id);
        else next.set(id as Id, found.value);
      }
      records = next;
      return new Set(touched.keys());
    },
    records: () => records,
    problems: live.problems,
    problemVersion: live.problemVersion,
    generationsOf: live.generationsOf,
  };
}
