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
  const links = createLinks();
  /** The generations that are read while there are too many; null while all are. */
  let readable: ReadonlySet<string> | null = null;

  /** Reads the keys of a generation afresh, after it appeared, went or was replaced. */
  const indexGeneration = (generation: string, dirty: Set<string>): void => {
    for (const id of links.cut(generation)) dirty.add(id);
    readGeneration(root, generation)?.forEach((_, key) => {
      const { id } = readRecordKey(key);
      dirty.add(id);
      links.link(generation, id);
    });
  };

  const indexRecord = (generation: string, key: string, dirty: Set<string>): void => {
    const { id } = readRecordKey(key);
    const map = readGeneration(root, generation);
    dirty.add(id);
    if (map !== undefined && (map.has(id) || map.has(tombstoneKey(id)))) links.link(generation, id);
    else links.unlink(generation, id);
  };

  const countGenerations = (dirty: Set<string>): void => {
    const before = readable;
    readable = root.size <= MAX_GENERATIONS ? null : new Set(readableGenerations(root));
    if (before !== null || readable !== null) for (const id of links.ids()) dirty.add(id);
  };

  const follow: RecordIndex['follow'] = (events) => {
    const dirty = new Set<string>();
    for (const event of events) {
      const [generation, record] = event.path;
      const keys = event instanceof Y.YMapEvent ? (event.keysChanged as Set<string>) : [];
      if (record !== undefined) {
        dirty.add(String(record));
      } else if (generation === undefined) {
        for (const key of keys) if (isGenerationKey(key)) indexGeneration(key, dirty);
        countGenerations(dirty);
      } else if (isGenerationKey(String(generation))) {
        for (const key of keys) indexRecord(String(generation), key, dirty);
      }
    }
    return dirty;
  };

  root.forEach((_, key) => {
    if (isGenerationKey(key)) indexGeneration(key, new Set());
  });
  countGenerations(new Set());

  return {
    follow,
    generationsOf(id) {
      const limit = readable;
      const all = links.generationsOf(id);
      return limit === null ? all : [...all].filter((generation) => limit.has(generation));
    },
    ids: links.ids,
  };
}

/** Which ids stand in which generations, to be looked up from either side. */
function createLinks() {
  const generationsById = new Map<string, Set<string>>();
  const idsByGeneration = new Map<string, Set<string>>();
  const unlink = (generation: string, id: string): void => {
    dropFrom(generationsById, id, generation);
    dropFrom(idsByGeneration, generation, id);
  };
  return {
    link(generation: string, id: string): void {
      setOf(generationsById, id).add(generation);
      setOf(idsByGeneration, generation).add(id);
    },
    unlink,
    /** Forgets a generation and gives what stood in it. */
    cut(generation: string): readonly string[] {
      const ids = [...(idsByGeneration.get(generation) ?? [])];
      for (const id of ids) unlink(generation, id);
      return ids;
    },
    generationsOf: (id: string): Iterable<string> => generationsById.get(id) ?? [],
    ids: (): Iterable<string> => generationsById.keys(),
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
