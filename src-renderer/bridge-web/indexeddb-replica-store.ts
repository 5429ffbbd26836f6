import type { IDBPTransaction } from 'idb';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type {
  DocumentName,
  NewEdit,
  ReplicaStore,
  Sequence,
  StoredDocument,
  StoreFailure,
  UnsavedEdit,
  UnsavedReplacement,
} from '#shared/replica/replica-store.ts';
import { compactInIndexeddb } from './indexeddb-compaction.ts';
import {
  CLOSED,
  failureOf,
  ofDocument,
  type DocumentRow,
  type ReplicaConnection,
  type ReplicaSchema,
} from './indexeddb-connection.ts';

type StoreNames = ('documents' | 'snapshots' | 'log' | 'unsaved' | 'refused' | 'settings')[];
type Writing = IDBPTransaction<ReplicaSchema, StoreNames, 'readwrite'>;

const EVERYTHING: StoreNames = ['documents', 'snapshots', 'log', 'unsaved', 'refused', 'settings'];

/** A replica's documents in the browser's own database. What resolves `ok` was flushed to disk. */
export function createIndexeddbReplicaStore(database: ReplicaConnection): ReplicaStore {
  let closed = false;
  const attempt = async <T>(work: () => Promise<T>): Promise<Result<T, StoreFailure>> => {
    if (closed) return fail(CLOSED);
    try {
      return ok(await work());
    } catch (error) {
      return fail(failureOf(error));
    }
  };
  /** All of `work` or nothing of it. */
  const write = <T>(work: (tx: Writing) => Promise<T>) =>
    attempt(async () => {
      const tx = database.transaction(EVERYTHING, 'readwrite', { durability: 'strict' });
      try {
        const done = await work(tx);
        await tx.done;
        return done;
      } catch (error) {
        abandon(tx);
        throw error;
      }
    });

  return {
    append: (edits) => write(async (tx) => appendAll(tx, edits)),
    load: (name) => attempt(async () => loadStored(database, name)),
    documents: () => attempt(async () => (await database.getAllKeys('documents')).sort()),
    markSaved: (name, n) => write(async (tx) => moveSaved(tx, name, n)),
    replaceUnsaved: (name, change) => write(async (tx) => replace(tx, name, change)),
    unsaved: (name) =>
      attempt(async () => (await database.getAll('unsaved', ofDocument(name))).map(withoutDocument)),
    refused: () => attempt(async () => database.getAll('refused')),
    dismissRefused: (name, n) =>
      write(async (tx): Promise<undefined> => {
        await tx.objectStore('refused').delete([name, n]);
      }),
    getSetting: (key) => attempt(async () => database.get('settings', key)),
    setSetting: (key, value) =>
      write(async (tx): Promise<undefined> => {
        const settings = tx.objectStore('settings');
        await (value === undefined ? settings.delete(key) : settings.put(value, key));
      }),
    measure: (name) =>
      attempt(async () => {
        const { snapshotBytes, logBytes, logEdits } =
          (await database.get('documents', name)) ?? emptyRow(name);
        return { snapshotBytes, logBytes, logEdits };
      }),
    compact: async (name) =>
      closed ? { kind: 'skipped', why: 'closed' } : compactInIndexeddb(database, name),
    close: () => {
      closed = true;
      database.close();
      return Promise.resolve();
    },
  };
}

function abandon(tx: Writing): void {
  // What is abandoned rejects `done` as well; the first error is the one that is told.
  tx.done.catch(() => undefined);
  try {
    tx.abort();
  } catch {
    // It had ended by itself.
  }
}

const emptyRow = (document: DocumentName): DocumentRow => ({
  document,
  lastPosition: 0,
  lastN: 0,
  snapshotBytes: 0,
  logBytes: 0,
  logEdits: 0,
});

async function rowOf(tx: Writing, document: DocumentName): Promise<DocumentRow> {
  return (await tx.objectStore('documents').get(document)) ?? emptyRow(document);
}

async function appendAll(tx: Writing, edits: readonly NewEdit[]): Promise<readonly Sequence[]> {
  const rows = new Map<DocumentName, DocumentRow>();
  const sequences: Sequence[] = [];
  for (const edit of edits) {
    const before = rows.get(edit.document) ?? (await rowOf(tx, edit.document));
    const { row, sequence } = await appendOne(tx, before, edit);
    rows.set(edit.document, row);
    sequences.push(sequence);
  }
  for (const row of rows.values()) await tx.objectStore('documents').put(row);
  return sequences;
}

async function appendOne(
  tx: Writing,
  row: DocumentRow,
  edit: NewEdit,
): Promise<{ readonly row: DocumentRow; readonly sequence: Sequence }> {
  if (edit.unsaved) {
    const n = row.lastN + 1;
    const { unsaved: _, ...kept } = edit;
    await tx.objectStore('unsaved').add({ n, ...kept });
    return { row: { ...row, lastN: n }, sequence: { kind: 'unsaved', n } };
  }
  const next = await addToLog(tx, row, edit.bytes);
  return { row: next, sequence: { kind: 'logged', position: next.lastPosition } };
}

async function addToLog(tx: Writing, row: DocumentRow, bytes: Uint8Array): Promise<DocumentRow> {
  const position = row.lastPosition + 1;
  await tx.objectStore('log').add({ document: row.document, position, bytes });
  return {
    ...row,
    lastPosition: position,
    logBytes: row.logBytes + bytes.byteLength,
    logEdits: row.logEdits + 1,
  };
}

async function loadStored(database: ReplicaConnection, name: DocumentName): Promise<StoredDocument> {
  const tx = database.transaction(['snapshots', 'log', 'unsaved']);
  const [snapshot, log, unsaved] = await Promise.all([
    tx.objectStore('snapshots').get(name),
    tx.objectStore('log').getAll(ofDocument(name)),
    tx.objectStore('unsaved').getAll(ofDocument(name)),
    tx.done,
  ]);
  return {
    snapshot: snapshot ?? null,
    updates: log.map(({ bytes }) => bytes),
    unsaved: unsaved.map(withoutDocument),
  };
}

function withoutDocument({ document: _, ...edit }: ReplicaSchema['unsaved']['value']): UnsavedEdit {
  return edit;
}

async function moveSaved(tx: Writing, name: DocumentName, n: number): Promise<number> {
  const unsaved = tx.objectStore('unsaved');
  const saved = await unsaved.getAll(IDBKeyRange.bound([name, 0], [name, n]));
  let row = await rowOf(tx, name);
  for (const edit of saved) {
    row = await addToLog(tx, row, edit.bytes);
    await unsaved.delete([name, edit.n]);
  }
  if (saved.length > 0) await tx.objectStore('documents').put(row);
  return saved.length;
}

async function replace(
  tx: Writing,
  name: DocumentName,
  { refused, edits, atMs }: UnsavedReplacement,
): Promise<readonly Sequence[]> {
  const unsaved = tx.objectStore('unsaved');
  for (const { n, reason } of refused) {
    const edit = await unsaved.get([name, n]);
    if (edit !== undefined) await tx.objectStore('refused').put({ ...edit, reason, refusedAtMs: atMs });
  }
  await unsaved.delete(ofDocument(name));
  return appendAll(tx, edits);
}
