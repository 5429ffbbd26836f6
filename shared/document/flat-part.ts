import { MAX_FLAT_KEYS, MAX_KEY_LENGTH, type FlatRoot } from './limits.ts';
import type { DeepEvents } from './record-index.ts';
import type { RootMap } from './record-root.ts';
import type { Problem } from './view.ts';

/** What a flat root says, read whole whenever a transaction touched it: flat roots are small. */
export type FlatPart<T> = {
  readonly follow: (events: DeepEvents) => void;
  /** Reads again if need be; gives the keys that were touched. */
  readonly refresh: () => ReadonlySet<string>;
  readonly value: () => T;
  readonly problems: () => readonly Problem[];
  /** Another number whenever `problems` may give something else. */
  readonly problemVersion: () => number;
};

/** What stands in a flat root. */
export type Entries = Iterable<readonly [string, unknown]>;
/** Says which key is not shown, and why. */
export type ReportKey = (key: string, reason: string) => void;

/** Of more than `maxKeys` keys, the first in order are read, the same on every replica. */
export function createFlatPart<T>(
  root: FlatRoot,
  map: RootMap,
  read: (entries: Entries, report: ReportKey) => T,
  maxKeys = MAX_FLAT_KEYS,
): FlatPart<T> {
  const readAll = (): { readonly value: T; readonly problems: readonly Problem[] } => {
    const problems: Problem[] = [];
    const report: ReportKey = (key, reason) =>
      problems.push({ root, id: key.slice(0, MAX_KEY_LENGTH), reason });
    if (map.size <= maxKeys) return { value: read(map.entries(), report), problems };
    const keys = [...map.keys()].sort();
    for (const key of keys.slice(maxKeys)) report(key, `there are more than ${maxKeys}`);
    return {
      value: read(
        keys.slice(0, maxKeys).map((key) => [key, map.get(key)]),
        report,
      ),
      problems,
    };
  };
  let current = readAll();
  let problemVersion = 0;
  let touched: ReadonlySet<string> = new Set();
  return {
    follow(events) {
      const keys = events.map((event) => event.path[0] ?? event.changes.keys.keys());
      touched = new Set([...touched, ...keys.flatMap((key) => (isKey(key) ? [String(key)] : [...key]))]);
    },
    refresh() {
      const names = touched;
      if (names.size === 0) return names;
      touched = new Set();
      const hadProblems = current.problems.length > 0;
      current = readAll();
      if (hadProblems || current.problems.length > 0) problemVersion++;
      return names;
    },
    value: () => current.value,
    problems: () => current.problems,
    problemVersion: () => problemVersion,
  };
}

function isKey(key: string | number | Iterable<string>): key is string | number {
  return typeof key === 'string' || typeof key === 'number';
}
