import * as Y from 'yjs';
import { isGenerationKey } from './generation.ts';
import { MAX_GENERATIONS } from './limits.ts';
import {
  readableGenerations,
  readGeneration,
  readRecordKey,
  type RootMap,
  tombstoneKey,
} from './record-root.ts';

/** What `observeDeep` hands over. */
export type DeepEvents = Readonly<Parameters<Parameters<RootMap['observeDeep']>[0]>[0]>;

/** Which generations speak of which record, so that one edit reads one record and not the whole root. */
export type RecordIndex = {
  /** Takes note of what a transaction did below the root; gives the ids that have to be read again. */
  readonly follow: (events: DeepEvents) => ReadonlySet<string>;
  /** The generations that hold the record or a removal of it. */
  readonly generationsOf: (id: string) => Iterable<string>;
  /** Every id that the root speaks of, dead and unreadable ones among them. */
  readonly ids: () => Iterable<string>;
};

export function createRecordIndex(root: RootMap): RecordIndex {
  const generationsById = new Map<string, Set<string>>();
  const idsByGeneration = new Map<string, Set<string>>();
  /** The generations that are read while there are too many; null while all are. */
  let readable: ReadonlySet<string> | null = null;

  const link = (generation: string, id: string): void => {
    setOf(generationsById, id).add(generation);
    setOf(idsByGeneration, generation).add(id);
  };
  const unlink = (generation: string, id: string): void => {
    dropFrom(generationsById, id, generation);
    dropFrom(idsByGeneration, generation, id);
  };

  /** Reads the keys of a generation afresh, after it appeared, went or was replaced. */
  const indexGeneration = (generation: string, dirty: Set<string>): void => {
    for (const id of [...(idsByGeneration.get(generation) ?? [])]) {
      dirty.add(id);
      unlink(generation, id);
    }
    readGeneration(root, generation)?.forEach((_, key) => {
      const { id } = readRecordKey(key);
      dirty.add(id);
      link(generation, id);
    });
  };

  const indexRecord = (generation: string, id: string, map: Y.Map<unknown> | undefined): void => {
    const isThere = map !== undefined && (map.has(id) || map.has(tombstoneKey(id)));
    if (isThere) link(generation, id);
    else unlink(generation, id);
  };

  const countGenerations = (dirty: Set<string>): void => {
    const before = readable;
    readable = root.size <= MAX_GENERATIONS ? null : new Set(readableGenerations(root));
    if (before !== null || readable !== null) for (const id of generationsById.keys()) dirty.add(id);
  };

  const follow: RecordIndex['follow'] = (events) => {
    const dirty = new Set<string>();
    for (const event of events) {
      const [generation, record] = event.path;
      if (record !== undefined) {
        dirty.add(String(record));
      } else if (!(event instanceof Y.YMapEvent)) {
        continue;
      } else if (generation === undefined) {
        for (const key of event.keysChanged as Set<string>)
          if (isGenerationKey(key)) indexGeneration(key, dirty);
        countGenerations(dirty);
      } else if (isGenerationKey(String(generation))) {
        const map = readGeneration(root, String(generation));
        for (const key of event.keysChanged as Set<string>) {
          const { id } = readRecordKey(key);
          dirty.add(id);
          indexRecord(String(generation), id, map);
        }
      }
    }
    return dirty;
  };

  const start = new Set<string>();
  root.forEach((_, key) => {
    if (isGenerationKey(key)) indexGeneration(key, start);
  });
  countGenerations(start);

  return {
    follow,
    generationsOf(id) {
      const all = generationsById.get(id) ?? [];
      const limit = readable;
      return limit === null ? all : [...all].filter((generation) => limit.has(generation));
    },
    ids: () => generationsById.keys(),
  };
}

function setOf(sets: Map<string, Set<string>>, key: string): Set<string> {
  const found = sets.get(key);
  if (found !== undefined) return found;
  const made = new Set<string>();
  sets.set(key, made);
  return made;
}

function dropFrom(sets: Map<string, Set<string>>, key: string, entry: string): void {
  const set = sets.get(key);
  set?.delete(entry);
  if (set?.size === 0) sets.delete(key);
}
