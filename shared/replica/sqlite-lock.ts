import { closeSync, openSync, truncateSync } from 'node:fs';
import Database from 'better-sqlite3';
import { fail, ok, type Result } from '../kernel/result.ts';

/** Holds the replica's file for this program alone. */
export type FileLock = { readonly release: () => void };

/** Who holds it, as far as they said. */
export type LockHolder = Readonly<{ program: string; pid: number; sinceMs: number }>;

/**
 * Takes `<file>.lock`, or says who has it. The lock is an open transaction in a small database: the operating system
 * lets go of it when the program ends, however it ends, so none is ever left behind. Works between programs and within
 * one. Throws what the file system throws.
 *
 * Nothing else may open the lock file in this program: on Unix, closing any handle of a file drops the locks on it.
 */
export function lockFile(file: string, holder: LockHolder): Result<FileLock, LockHolder | null> {
  const path = `${file}.lock`;
  closeSync(openSync(path, 'a'));
  try {
    return take(path, holder);
  } catch (error) {
    if (!(error instanceof Database.SqliteError) || !/^SQLITE_(?:NOTADB|CORRUPT)/.test(error.code))
      throw error;
    // It holds nothing but a name. Emptied in place, not replaced: a holder's lock on it stays one.
    truncateSync(path, 0);
    return take(path, holder);
  }
}

function take(path: string, holder: LockHolder): Result<FileLock, LockHolder | null> {
  const database = new Database(path, { timeout: 250 });
  try {
    database.exec('BEGIN IMMEDIATE');
    writeHolder(database, holder);
    database.exec('COMMIT; BEGIN IMMEDIATE');
    return ok({ release: () => database.close() });
  } catch (error) {
    if (!(error instanceof Database.SqliteError) || !error.code.startsWith('SQLITE_BUSY')) {
      database.close();
      throw error;
    }
    const other = readHolder(database);
    database.close();
    return fail(other);
  }
}

function writeHolder(database: Database.Database, holder: LockHolder): void {
  database.exec(
    'CREATE TABLE IF NOT EXISTS holder (program TEXT, pid INTEGER, sinceMs INTEGER); DELETE FROM holder',
  );
  database.prepare('INSERT INTO holder VALUES (?, ?, ?)').run(holder.program, holder.pid, holder.sinceMs);
}

/** null if they have not said yet. */
function readHolder(database: Database.Database): LockHolder | null {
  try {
    const row = database.prepare('SELECT program, pid, sinceMs FROM holder').get() as
      Partial<LockHolder> | undefined;
    const { program, pid, sinceMs } = row ?? {};
    if (typeof program !== 'string' || typeof pid !== 'number' || typeof sinceMs !== 'number') return null;
    return { program, pid, sinceMs };
  } catch {
    return null;
  }
}
