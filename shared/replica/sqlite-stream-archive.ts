import type Database from 'better-sqlite3';
import { fail, ok, type Result } from '../kernel/result.ts';
import { queryWords, recordText } from './archive-text.ts';
import type { StoreFailure } from './replica-store.ts';
import { failureOf } from './sqlite-failure.ts';
import { readInteger, readJson, readRow, readText, writeJson } from './sqlite-rows.ts';
import { insertSql, rowValues } from './sqlite-tables.ts';
import type { ArchivedRecord, ArchivePage, ArchiveQuery, StreamArchive } from './stream-archive.ts';

/** The archive in the replica's own file: a table of whole records, and an index of their words. */
export function createSqliteStreamArchive(database: Database.Database): StreamArchive {
  const sql = prepare(database);
  const attempt = <T>(work: () => T): Promise<Result<T, StoreFailure>> => {
    if (!database.open) {
      return Promise.resolve(fail({ reason: 'closed', words: 'The documents are closed.' }));
    }
    try {
      return Promise.resolve(ok(work()));
    } catch (error) {
      return Promise.resolve(fail(failureOf(error)));
    }
  };
  const putAll = database.transaction((records: readonly ArchivedRecord[]) => {
    for (const record of records) putOne(sql, record);
  });
  return {
    put: (records) => attempt((): undefined => void putAll.immediate(records)),
    get: (id) =>
      attempt(() => {
        const found = sql.get.get(id);
        return found === undefined ? undefined : readArchived(found);
      }),
    search: (query) => attempt(() => database.transaction(() => search(sql, query))()),
    count: () => attempt(() => readInteger(sql.count.get())),
  };
}

type Statements = ReturnType<typeof prepare>;

function prepare(database: Database.Database) {
  const all = (text: string) => database.prepare<unknown[], unknown>(text);
  const columns = 'archive.stream, archive.record, archive.atMs, archive.crc';
  const within = 'archive.atMs >= ? AND archive.atMs < ?';
  const found = 'archive.id IN (SELECT rowid FROM archiveText WHERE archiveText MATCH ?)';
  const order = 'ORDER BY archive.atMs DESC, archive.stream LIMIT ? OFFSET ?';
  return {
    id: all('SELECT id FROM archive WHERE stream = ?').pluck(),
    drop: all('DELETE FROM archive WHERE id = ?'),
    dropWords: all('DELETE FROM archiveText WHERE rowid = ?'),
    put: all(insertSql('archive')),
    putWords: all('INSERT INTO archiveText (rowid, words) VALUES (?, ?)'),
    get: all(`SELECT ${columns} FROM archive WHERE stream = ?`),
    count: all('SELECT count(*) FROM archive').pluck(),
    countWithin: all(`SELECT count(*) FROM archive WHERE ${within}`).pluck(),
    page: all(`SELECT ${columns} FROM archive WHERE ${within} ${order}`),
    countFound: all(`SELECT count(*) FROM archive WHERE ${within} AND ${found}`).pluck(),
    pageFound: all(`SELECT ${columns} FROM archive WHERE ${within} AND ${found} ${order}`),
  };
}

function putOne(sql: Statements, { id, atMs, record }: ArchivedRecord): void {
  const before = sql.id.get(id);
  if (before !== undefined) {
    sql.drop.run(before);
    sql.dropWords.run(before);
  }
  const { lastInsertRowid } = sql.put.run(
    ...rowValues('archive', { stream: id, record: writeJson(record), atMs }),
  );
  sql.putWords.run(lastInsertRowid, recordText(record));
}

function search(sql: Statements, query: ArchiveQuery): ArchivePage {
  const limit = Math.min(Math.max(Math.trunc(query.limit), 1), 200);
  const offset = Math.max(Math.trunc(query.offset), 0);
  const words = queryWords(query.text);
  const times = [query.fromMs ?? Number.MIN_SAFE_INTEGER, query.untilMs ?? Number.MAX_SAFE_INTEGER];
  if (words.length === 0) {
    const total = query.text.trim() === '' ? readInteger(sql.countWithin.get(...times)) : 0;
    const found = total === 0 ? [] : sql.page.all(...times, limit, offset);
    return { total, records: found.map(readArchived) };
  }
  const match = words.map((word) => `"${word}"*`).join(' ');
  const total = readInteger(sql.countFound.get(...times, match));
  return { total, records: sql.pageFound.all(...times, match, limit, offset).map(readArchived) };
}

function readArchived(found: unknown): ArchivedRecord {
  const row = readRow('archive', found);
  return { id: readText(row.stream), atMs: readInteger(row.atMs), record: readJson(row.record) ?? null };
}
