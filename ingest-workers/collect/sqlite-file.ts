import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';
import type { Clock } from '#shared/kernel/clock.ts';
import type { Logger } from '#shared/kernel/logger.ts';

export type SqliteFileOptions = Readonly<{
  file: string;
  /** Made when they are not there. */
  tables: string;
  /** Said when the file was damaged and put aside. */
  words: string;
  clock: Clock;
  logger: Logger;
}>;

/**
 * Opens a file whose every commit outlives a power cut, or makes it. One that is damaged is put aside and begun anew. Throws
 * what SQLite throws when the disk does not let it.
 */
export function openSqliteFile(options: SqliteFileOptions): Database.Database {
  const { file, words, clock, logger } = options;
  mkdirSync(dirname(file), { recursive: true });
  try {
    return connect(options);
  } catch (error) {
    if (!isDamage(error)) throw error;
    const aside = `${file}.damaged-${clock.nowMs()}`;
    logger.error(words, { aside });
    renameSync(file, aside);
    for (const suffix of ['-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
    return connect(options);
  }
}

function connect({ file, tables }: SqliteFileOptions): Database.Database {
  const database = new Database(file, { timeout: 5_000 });
  try {
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.pragma('journal_size_limit = 8388608');
    database.pragma('trusted_schema = OFF');
    const [check] = z.array(z.object({ quick_check: z.string() })).parse(database.pragma('quick_check'));
    if (check?.quick_check !== 'ok') throw new DamagedFileError(check?.quick_check);
    database.exec(tables);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

class DamagedFileError extends Error {
  readonly code = 'SQLITE_CORRUPT';
}

const isDamage = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  (String(error.code).startsWith('SQLITE_CORRUPT') || error.code === 'SQLITE_NOTADB');
