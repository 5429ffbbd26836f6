import type Database from 'better-sqlite3';
import { fail, ok, type Result } from '../kernel/result.ts';
import type {
  CompactionOutcome,
  DocumentName,
  DocumentSize,
  NewEdit,
  RefusedEdit,
  ReplicaStore,
  Sequence,
  StoredDocument,
  StoreFailure,
  UnsavedEdit,
  UnsavedReplacement,
} from './replica-store.ts';
import { failureOf } from './sqlite-failure.ts';
import {
  readBytes,
  readInteger,
  readJson,
  readOptionalText,
  readRow,
  readText,
  writeJson,
} from './sqlite-rows.ts';
import { prepareStatements, type ReplicaStatements } from './sqlite-statements.ts';
import { rowValues, type Row } from './sqlite-tables.ts';

/** What does the heavy, slow work on the file, beside this thread. */
export type Maintenance = {
  readonly compact: (document: DocumentName) => Promise<CompactionOutcome>;
  /** Told of every write; takes the write-ahead log into the file when that has grown. */
  readonly wrote: () => void;
  /** Waits for what is under way. */
  readonly close: () => Promise<void>;
};

const CLOSED: StoreFailure = { reason: 'closed', words: 'The documents are closed.' };

/**
 * The replica's store in one SQLite file. `database` comes from `open-replica-database` and is closed by its owner
 * after this store was. Every call does its work before it returns; the promise only keeps the port's shape.
 */
export function createSqliteReplicaStore(
  database: Database.Database,
  maintenance: Maintenance,
): ReplicaStore {
  const sql = prepareStatements(database);
  let closed = false;

  const attempt = <T>(work: () => T): Promise<Result<T, StoreFailure>> => {
    if (closed) return Promise.resolve(fail(CLOSED));
    try {
      return Promise.resolve(ok(work()));
    } catch (error) {
      return Promise.resolve(fail(failureOf(error)));
    }
  };
  const commit = <T>(work: () => T): T => {
    const value = database.transaction(work).immediate();
    maintenance.wrote();
    return value;
  };
  const write = <T>(work: () => T): Promise<Result<T, StoreFailure>> => attempt(() => commit(work));
  /** Without waiting for the disk: for what is asked again if a power cut takes it. The next write carries it along. */
  const writeSoon = <T>(work: () => T): Promise<Result<T, StoreFailure>> =>
    attempt(() => {
      database.pragma('synchronous = NORMAL');
      try {
        return commit(work);
      } finally {
        database.pragma('synchronous = FULL');
      }
    });

  return {
    append: (edits) => write(() => edits.map((edit) => appendOne(sql, edit))),
    load: (document) => attempt(() => database.transaction(() => loadDocument(sql, document))()),
    documents: () => attempt(() => sql.documents.all().map((name) => name as DocumentName)),
    // An edit whose mark is lost is sent again, and the server knows it.
    markSaved: (document, n) => writeSoon(() => moveSaved(sql, document, n)),
    replaceUnsaved: (document, change) => write(() => replaceUnsaved(sql, document, change)),
    unsaved: (document) => attempt(() => sql.unsaved.all(document).map(readUnsaved)),
    refused: () => attempt(() => sql.refused.all().map(readRefused)),
    dismissRefused: (document, n) => write(() => void sql.dismissRefused.run(document, n)),
    getSetting: (key) => attempt(() => readOptionalText(readSetting(sql, key)?.value)),
    setSetting: (key, value) => write(() => writeSetting(sql, key, value)),
    measure: (document) => attempt(() => measure(sql, document)),
    compact: (document) =>
      closed ? Promise.resolve({ kind: 'skipped', why: 'closed' }) : maintenance.compact(document),
    close: async () => {
      closed = true;
      await maintenance.close();
    },
  };
}

function appendOne(sql: ReplicaStatements, edit: NewEdit): Sequence {
  const { document, bytes, atMs } = edit;
  if (sql.settled.get(document) === undefined) putSettled(sql, document, 0);
  const command = writeJson(edit.command);
  if (!edit.unsaved) {
    const position = readInteger(sql.lastPosition.get({ document })) + 1;
    sql.putLog.run(...rowValues('log', { document, position, bytes, command, atMs }));
    return { kind: 'logged', position };
  }
  const n = readInteger(sql.lastN.get({ document })) + 1;
  const writes = writeJson(edit.writes);
  sql.putUnsaved.run(...rowValues('unsaved', { document, n, bytes, command, writes, atMs }));
  return { kind: 'unsaved', n };
}

function putSettled(sql: ReplicaStatements, document: DocumentName, settled: number): void {
  sql.putSettled.run(...rowValues('documents', { document, settled }));
}

function loadDocument(sql: ReplicaStatements, document: DocumentName): StoredDocument {
  const found = sql.snapshot.get(document);
  const head = found === undefined ? undefined : readRow('snapshots', found);
  const through = head === undefined ? 0 : readInteger(head.through);
  return {
    snapshot: head === undefined ? null : joinParts(sql, head),
    updates: sql.log.all(document, through).map((row) => readBytes(readRow('log', row).bytes)),
    unsaved: sql.unsaved.all(document).map(readUnsaved),
  };
}

function joinParts(sql: ReplicaStatements, head: Row<'snapshots'>): Uint8Array {
  const parts = sql.parts.all(head.document, head.snapshot).map((row) => readRow('snapshotParts', row));
  return Buffer.concat(
    parts.map((part) => readBytes(part.bytes)),
    readInteger(head.length),
  );
}

function moveSaved(sql: ReplicaStatements, document: DocumentName, n: number): number {
  const saved = sql.unsavedUpTo.all(document, n).map((row) => readRow('unsaved', row));
  const last = saved.at(-1);
  if (last === undefined) return 0;
  let position = readInteger(sql.lastPosition.get({ document }));
  for (const { bytes, command, atMs } of saved) {
    position += 1;
    sql.putLog.run(...rowValues('log', { document, position, bytes, command, atMs }));
  }
  sql.dropUnsaved.run(document, last.n);
  putSettled(sql, document, readInteger(last.n));
  return saved.length;
}

function replaceUnsaved(
  sql: ReplicaStatements,
  document: DocumentName,
  change: UnsavedReplacement,
): readonly Sequence[] {
  const reasons = new Map(change.refused.map(({ n, reason }) => [n, reason]));
  for (const row of sql.unsaved.all(document).map((found) => readRow('unsaved', found))) {
    const reason = reasons.get(readInteger(row.n));
    if (reason === undefined) continue;
    sql.putRefused.run(...rowValues('refused', { ...row, reason, refusedAtMs: change.atMs }));
  }
  const settled = readInteger(sql.lastN.get({ document }));
  sql.dropUnsaved.run(document, settled);
  putSettled(sql, document, settled);
  return change.edits.map((edit) => appendOne(sql, edit));
}

function readUnsaved(found: unknown): UnsavedEdit {
  return editOf(readRow('unsaved', found));
}

function readRefused(found: unknown): RefusedEdit {
  const row = readRow('refused', found);
  return {
    ...editOf(row),
    document: readText(row.document) as DocumentName,
    reason: readText(row.reason),
    refusedAtMs: readInteger(row.refusedAtMs),
  };
}

function editOf(row: Row<'unsaved'>): UnsavedEdit {
  const command = readJson(row.command);
  const writes = readJson(row.writes);
  return {
    n: readInteger(row.n),
    bytes: readBytes(row.bytes),
    ...(command === undefined ? {} : { command }),
    ...(writes === undefined ? {} : { writes }),
    atMs: readInteger(row.atMs),
  };
}

function readSetting(sql: ReplicaStatements, key: string): Row<'settings'> | undefined {
  const found = sql.setting.get(key);
  return found === undefined ? undefined : readRow('settings', found);
}

function writeSetting(sql: ReplicaStatements, key: string, value: string | undefined): undefined {
  const version = readInteger(readSetting(sql, key)?.version ?? 0) + 1;
  sql.putSetting.run(...rowValues('settings', { key, value: value ?? null, version }));
}

function measure(sql: ReplicaStatements, document: DocumentName): DocumentSize {
  const found = sql.snapshot.get(document);
  const head = found === undefined ? undefined : readRow('snapshots', found);
  const size = sql.logSize.get(document, head?.through ?? 0) as { edits: number; bytes: number };
  return {
    snapshotBytes: readInteger(head?.length ?? 0),
    logBytes: size.bytes,
    logEdits: size.edits,
  };
}
