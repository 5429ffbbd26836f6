import { setTimeout as pause } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { compactUpdates } from './compact-updates.ts';
import type { CompactionOutcome, DocumentName } from './replica-store.ts';
import { readBytes, readInteger, readRow } from './sqlite-rows.ts';
import { insertSql, rowValues } from './sqlite-tables.ts';

/** A snapshot is written in parts of this many bytes, each a transaction of its own, so that none holds the file long. */
const PART_BYTES = 64 * 1024;
/** Rows and parts that one transaction lets go of. */
const TIDY_ROWS = 400;

export type CompactionRun = Readonly<{
  database: Database.Database;
  document: DocumentName;
  nowMs: number;
  /** Called after every transaction, with nothing held: lets other connections in. */
  breathe: (step: CompactionStep) => Promise<void>;
  /** Keeps a copy of the finished snapshot elsewhere. */
  keepSpare: (through: number, bytes: Uint8Array) => Promise<void>;
}>;

/** What has just been committed. Tests stop the program at each. */
export type CompactionStep = 'read' | 'part' | 'flipped' | 'spared' | 'tidied';

/**
 * Takes a document's snapshot and log together, in a connection of its own, while others append.
 *
 *     read one consistent state ─▶ compact in memory ─▶ part, part, part … ─▶ flip ─▶ spare ─▶ tidy, tidy …
 *
 * Until the flip, one row, the new parts mean nothing to anybody; after it, the snapshot before last and the log that
 * it lacked mean nothing. A crash anywhere leaves one of the two, and rows that the next opening sweeps out.
 */
export async function compactInFile(run: CompactionRun): Promise<CompactionOutcome> {
  const { database, document } = run;
  const stored = database.transaction(() => readForCompaction(database, document))();
  await run.breathe('read');
  if (stored.updates.length === 0) return { kind: 'skipped', why: 'nothing-new' };
  const { bytes, waiting } = compactUpdates(stored.snapshot, stored.updates);
  const edits = stored.updates.length - waiting.length;
  if (edits === 0) return { kind: 'skipped', why: 'nothing-new' };

  const { through, rows } = stored;
  const parts = splitSnapshot(bytes);
  // Nobody relies on a part before the flip, whose sync takes everything before it along: so a part holds the file for
  // as long as copying it takes, not for as long as the disk does.
  database.pragma('synchronous = NORMAL');
  const snapshot = await writeParts(run, parts);
  const head = {
    document,
    snapshot,
    through,
    parts: parts.length,
    length: bytes.byteLength,
    atMs: run.nowMs,
  };
  database.pragma('synchronous = FULL');
  await whenFree(() => flip(run, head, rows, new Set(waiting)));
  await run.breathe('flipped');
  await run.keepSpare(through, bytes);
  await run.breathe('spared');
  await tidy(run);
  return { kind: 'compacted', snapshotBytes: bytes.byteLength, edits, waiting: waiting.length };
}

/** Removes what no snapshot needs: parts of unfinished or outdated snapshots, and log that two snapshots hold. */
export async function tidy({
  database,
  document,
  breathe,
}: Pick<CompactionRun, 'database' | 'document' | 'breathe'>): Promise<void> {
  const statements = [
    `DELETE FROM snapshots WHERE document = @document AND snapshot NOT IN (
       SELECT snapshot FROM snapshots WHERE document = @document ORDER BY snapshot DESC LIMIT 2)`,
    `DELETE FROM snapshotParts WHERE id IN (
       SELECT id FROM snapshotParts WHERE document = @document
         AND snapshot NOT IN (SELECT snapshot FROM snapshots WHERE document = @document) LIMIT 4)`,
    `DELETE FROM log WHERE id IN (
       SELECT id FROM log WHERE document = @document AND position <= (
         SELECT min(through) FROM snapshots WHERE document = @document HAVING count(*) > 1) LIMIT ${TIDY_ROWS})`,
  ];
  for (const statement of statements.map((text) => database.prepare<unknown[]>(text))) {
    const letGo = () => statement.run({ document }).changes;
    while ((await whenFree(letGo)) > 0) await breathe('tidied');
  }
}

/** As long as somebody who writes without a pause may keep a compaction from the file. */
const PATIENCE_MS = 120_000;

/**
 * Does one transaction as soon as the file is free. SQLite's own waiting looks again after up to a tenth of a second,
 * and so never comes to pass beside somebody who writes all the time.
 */
async function whenFree<T>(transaction: () => T): Promise<T> {
  for (const end = performance.now() + PATIENCE_MS; ; await pause(1)) {
    try {
      return transaction();
    } catch (error) {
      const isBusy = error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY');
      if (!isBusy || performance.now() > end) throw error;
    }
  }
}

type LogRow = { readonly bytes: Uint8Array; readonly command: string | null; readonly atMs: number };

function readForCompaction(database: Database.Database, document: DocumentName) {
  const found = database
    .prepare(
      `SELECT document, snapshot, through, parts, length, atMs, crc FROM snapshots
       WHERE document = ? ORDER BY snapshot DESC LIMIT 1`,
    )
    .get(document);
  const head = found === undefined ? undefined : readRow('snapshots', found);
  const from = readInteger(head?.through ?? 0);
  const log = database
    .prepare(
      `SELECT document, position, bytes, command, atMs, crc FROM log
       WHERE document = ? AND position > ? ORDER BY position`,
    )
    .all(document, from)
    .map((row) => readRow('log', row));
  const updates = log.map((row) => readBytes(row.bytes));
  return {
    snapshot: head === undefined ? null : readParts(database, document, readInteger(head.snapshot)),
    updates,
    rows: new Map(log.map((row, index) => [updates[index] as Uint8Array, row as LogRow])),
    through: readInteger(log.at(-1)?.position ?? from),
  };
}

function readParts(database: Database.Database, document: DocumentName, snapshot: number): Uint8Array {
  const parts = database
    .prepare(
      `SELECT document, snapshot, part, bytes, crc FROM snapshotParts
       WHERE document = ? AND snapshot = ? ORDER BY part`,
    )
    .all(document, snapshot);
  return Buffer.concat(parts.map((row) => readBytes(readRow('snapshotParts', row).bytes)));
}

export function splitSnapshot(bytes: Uint8Array): Uint8Array[] {
  const count = Math.ceil(bytes.byteLength / PART_BYTES);
  return Array.from({ length: count }, (_, part) =>
    bytes.subarray(part * PART_BYTES, (part + 1) * PART_BYTES),
  );
}

/** Answers the number of the snapshot whose parts it wrote; higher than any that was ever flipped. */
async function writeParts(run: CompactionRun, parts: readonly Uint8Array[]): Promise<number> {
  const { database, document } = run;
  const last = database
    .prepare(
      `SELECT max(coalesce((SELECT max(snapshot) FROM snapshots WHERE document = @document), 0),
                  coalesce((SELECT max(snapshot) FROM snapshotParts WHERE document = @document), 0))`,
    )
    .pluck()
    .get({ document });
  const snapshot = readInteger(last) + 1;
  const put = database.prepare<unknown[]>(insertSql('snapshotParts'));
  for (const [part, bytes] of parts.entries()) {
    await whenFree(() => put.run(...rowValues('snapshotParts', { document, snapshot, part, bytes })));
    await run.breathe('part');
  }
  return snapshot;
}

/** The one small transaction that makes the snapshot count. Updates that wait go to the end of the log, to be kept. */
function flip(
  run: CompactionRun,
  head: {
    snapshot: number;
    through: number;
    parts: number;
    length: number;
    atMs: number;
    document: DocumentName;
  },
  rows: ReadonlyMap<Uint8Array, LogRow>,
  waiting: ReadonlySet<Uint8Array>,
): void {
  const { database, document } = run;
  const putHead = database.prepare<unknown[]>(insertSql('snapshots'));
  const putLog = database.prepare<unknown[]>(insertSql('log'));
  const lastPosition = database.prepare('SELECT max(position) FROM log WHERE document = ?').pluck();
  database
    .transaction(() => {
      putHead.run(...rowValues('snapshots', head));
      for (const bytes of waiting) {
        const position = Math.max(readInteger(lastPosition.get(document)), head.through) + 1;
        const { command, atMs } = rows.get(bytes) as LogRow;
        putLog.run(...rowValues('log', { document, position, bytes, command, atMs }));
      }
    })
    .immediate();
}
