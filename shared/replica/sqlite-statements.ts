import type Database from 'better-sqlite3';
import { insertSql } from './sqlite-tables.ts';

/** A prepared statement; its rows are unread. */
export type Statement = {
  run(...parameters: unknown[]): { readonly changes: number; readonly lastInsertRowid: number | bigint };
  get(...parameters: unknown[]): unknown;
  all(...parameters: unknown[]): unknown[];
  pluck(): Statement;
};

export type ReplicaStatements = ReturnType<typeof prepareStatements>;

/** Every question that the store asks of its file, prepared once. Rows come back unread (`sqlite-rows`). */
export function prepareStatements(database: Database.Database) {
  const all = (text: string): Statement => database.prepare<unknown[], unknown>(text);
  return {
    documents: all('SELECT document FROM documents ORDER BY document').pluck(),
    settled: all('SELECT document, settled, crc FROM documents WHERE document = ?'),
    putSettled: all(
      `INSERT INTO documents (document, settled, crc) VALUES (?, ?, ?)
       ON CONFLICT (document) DO UPDATE SET settled = excluded.settled, crc = excluded.crc`,
    ),
    lastPosition: all(
      `SELECT max(coalesce((SELECT max(position) FROM log WHERE document = @document), 0),
                  coalesce((SELECT max(through) FROM snapshots WHERE document = @document), 0))`,
    ).pluck(),
    lastN: all(
      `SELECT max(coalesce((SELECT max(n) FROM unsaved WHERE document = @document), 0),
                  coalesce((SELECT max(n) FROM refused WHERE document = @document), 0),
                  coalesce((SELECT settled FROM documents WHERE document = @document), 0))`,
    ).pluck(),
    putLog: all(insertSql('log')),
    putUnsaved: all(insertSql('unsaved')),
    putRefused: all(insertSql('refused')),
    snapshot: all(
      `SELECT document, snapshot, through, parts, length, atMs, crc FROM snapshots
       WHERE document = ? ORDER BY snapshot DESC LIMIT 1`,
    ),
    parts: all(
      `SELECT document, snapshot, part, bytes, crc FROM snapshotParts
       WHERE document = ? AND snapshot = ? ORDER BY part`,
    ),
    log: all(
      `SELECT document, position, bytes, command, atMs, crc FROM log
       WHERE document = ? AND position > ? ORDER BY position`,
    ),
    logSize: all(
      `SELECT count(*) AS edits, coalesce(sum(length(bytes)), 0) AS bytes FROM log
       WHERE document = ? AND position > ?`,
    ),
    unsaved: all(
      'SELECT document, n, bytes, command, writes, atMs, crc FROM unsaved WHERE document = ? ORDER BY n',
    ),
    unsavedUpTo: all(
      'SELECT document, n, bytes, command, writes, atMs, crc FROM unsaved WHERE document = ? AND n <= ? ORDER BY n',
    ),
    dropUnsaved: all('DELETE FROM unsaved WHERE document = ? AND n <= ?'),
    refused: all(
      `SELECT document, n, bytes, command, writes, atMs, reason, refusedAtMs, crc FROM refused
       ORDER BY refusedAtMs, document, n`,
    ),
    dismissRefused: all('DELETE FROM refused WHERE document = ? AND n = ?'),
    setting: all('SELECT key, value, version, crc FROM settings WHERE key = ?'),
    putSetting: all(
      `INSERT INTO settings (key, value, version, crc) VALUES (?, ?, ?, ?)
       ON CONFLICT (key) DO UPDATE SET value = excluded.value, version = excluded.version, crc = excluded.crc`,
    ),
  };
}
