import { fail, ok, type Result } from '../kernel/result.ts';
import { compactUpdates } from './compact-updates.ts';
import type {
  CompactionOutcome,
  DocumentName,
  Json,
  NewEdit,
  RefusedEdit,
  ReplicaStore,
  Sequence,
  StoredDocument,
  StoreFailure,
  UnsavedEdit,
  UnsavedReplacement,
} from './replica-store.ts';

/** What outlives a store: hand it to the next one, as a disk outlives a program. */
export type MemoryDisk = {
  readonly documents: Map<DocumentName, MemoryDocument>;
  readonly settings: Map<string, string>;
  /** While set, every call fails with it: a full or broken disk. */
  failure: StoreFailure | undefined;
};

type MemoryDocument = {
  snapshot: Uint8Array | null;
  log: Uint8Array[];
  position: number;
  unsaved: UnsavedEdit[];
  lastN: number;
  refused: RefusedEdit[];
};

export const createMemoryDisk = (): MemoryDisk => ({
  documents: new Map(),
  settings: new Map(),
  failure: undefined,
});

const CLOSED: StoreFailure = { reason: 'closed', words: 'The documents are closed.' };

/** The twin of the store on disk: the same contract, in memory alone. */
export function createInMemoryReplicaStore(disk: MemoryDisk): ReplicaStore {
  let closed = false;
  /** Runs `work` unless closed or failing. `work` must not fail halfway. */
  const attempt = <T>(work: () => T): Promise<Result<T, StoreFailure>> =>
    Promise.resolve(closed ? fail(CLOSED) : disk.failure === undefined ? ok(work()) : fail(disk.failure));

  const write = (name: DocumentName): MemoryDocument => {
    const found = disk.documents.get(name) ?? emptyDocument();
    disk.documents.set(name, found);
    return found;
  };
  const read = (name: DocumentName): MemoryDocument => disk.documents.get(name) ?? emptyDocument();
  const appendOne = (edit: NewEdit): Sequence => appendTo(write(edit.document), edit);

  return {
    append: (edits) => attempt(() => edits.map(appendOne)),
    load: (name) => attempt(() => storedOf(read(name))),
    documents: () => attempt(() => [...disk.documents.keys()].sort()),
    markSaved: (name, n) => attempt(() => moveSaved(read(name), n)),
    replaceUnsaved: (name, change) =>
      attempt(() => {
        putAside(name, write(name), change);
        return change.edits.map(appendOne);
      }),
    unsaved: (name) => attempt(() => [...read(name).unsaved]),
    refused: () => attempt(() => [...disk.documents.values()].flatMap((document) => document.refused)),
    dismissRefused: (name, n) =>
      attempt(() => {
        const document = read(name);
        document.refused = document.refused.filter((edit) => edit.n !== n);
        return undefined;
      }),
    getSetting: (key) => attempt(() => disk.settings.get(key)),
    setSetting: (key, value) =>
      attempt(() => {
        if (value === undefined) disk.settings.delete(key);
        else disk.settings.set(key, value);
        return undefined;
      }),
    measure: (name) => attempt(() => sizeOf(read(name))),
    compact: async (name) => (closed ? { kind: 'skipped', why: 'closed' } : compactMemory(read(name))),
    close: () => {
      closed = true;
      return Promise.resolve();
    },
  };
}

function emptyDocument(): MemoryDocument {
  return { snapshot: null, log: [], position: 0, unsaved: [], lastN: 0, refused: [] };
}

function appendTo(document: MemoryDocument, edit: NewEdit): Sequence {
  if (!edit.unsaved) {
    document.log.push(edit.bytes);
    document.position += 1;
    return { kind: 'logged', position: document.position };
  }
  document.lastN += 1;
  document.unsaved.push({
    n: document.lastN,
    bytes: edit.bytes,
    ...(edit.command === undefined ? {} : { command: copy(edit.command) }),
    ...(edit.writes === undefined ? {} : { writes: copy(edit.writes) }),
    atMs: edit.atMs,
  });
  return { kind: 'unsaved', n: document.lastN };
}

const copy = (value: Json): Json => JSON.parse(JSON.stringify(value)) as Json;

/** Refused edits are put aside; the others go, for they are about to be replaced. */
function putAside(name: DocumentName, document: MemoryDocument, change: UnsavedReplacement): void {
  for (const { n, reason } of change.refused) {
    const edit = document.unsaved.find((candidate) => candidate.n === n);
    if (edit === undefined) continue;
    document.refused.push({ ...edit, document: name, reason, refusedAtMs: change.atMs });
  }
  document.unsaved = [];
}

function moveSaved(document: MemoryDocument, n: number): number {
  const saved = document.unsaved.filter((edit) => edit.n <= n);
  document.unsaved = document.unsaved.filter((edit) => edit.n > n);
  document.log.push(...saved.map((edit) => edit.bytes));
  document.position += saved.length;
  return saved.length;
}

const storedOf = (document: MemoryDocument): StoredDocument => ({
  snapshot: document.snapshot,
  updates: [...document.log],
  unsaved: [...document.unsaved],
});

const sizeOf = (document: MemoryDocument) => ({
  snapshotBytes: document.snapshot?.byteLength ?? 0,
  logBytes: document.log.reduce((sum, bytes) => sum + bytes.byteLength, 0),
  logEdits: document.log.length,
});

function compactMemory(document: MemoryDocument): CompactionOutcome {
  if (document.log.length === 0) return { kind: 'skipped', why: 'nothing-new' };
  try {
    const { bytes, waiting } = compactUpdates(document.snapshot, document.log);
    const edits = document.log.length - waiting.length;
    if (edits === 0) return { kind: 'skipped', why: 'nothing-new' };
    document.snapshot = bytes;
    document.log = [...waiting];
    document.position += waiting.length;
    return { kind: 'compacted', snapshotBytes: bytes.byteLength, edits, waiting: waiting.length };
  } catch (error) {
    return { kind: 'failed', words: error instanceof Error ? error.message : String(error) };
  }
}
