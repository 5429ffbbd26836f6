import Database from 'better-sqlite3';
import { noteFormat } from './sqlite-format.ts';
import { APPLICATION_ID, MIGRATIONS, PAGE_BYTES } from './sqlite-tables.ts';

/** How long a call waits for another connection of this program. Each holds the file for a few ms at a time. */
const BUSY_TIMEOUT_MS = 5_000;

/**
 * Opens the replica's file, durable in every commit: WAL, synced to the disk itself. Checkpoints are left to the
 * compaction's thread, so that no append waits for one; only a log that grew past 64 MB is taken in by whoever writes.
 * Throws what SQLite throws.
 */
export function connect(file: string, timeoutMs = BUSY_TIMEOUT_MS): Database.Database {
  const database = new Database(file, { timeout: timeoutMs });
  try {
    database.pragma(`page_size = ${PAGE_BYTES}`);
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.pragma('fullfsync = ON');
    database.pragma('wal_autocheckpoint = 16384');
    // What the log held before goes with the first commit that is written over it: so a write that a kill tore can be
    // told from damage.
    database.pragma('journal_size_limit = 0');
    database.pragma('cell_size_check = ON');
    database.pragma('trusted_schema = OFF');
    database.pragma('temp_store = MEMORY');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Takes the steps that the file has not taken yet, each whole or not at all, and notes how many those are. */
export function migrate(database: Database.Database): void {
  const from = Number(database.pragma('user_version', { simple: true }));
  for (const [index, sql] of MIGRATIONS.entries()) {
    if (index < from) continue;
    database
      .transaction(() => {
        database.exec(sql);
        database.pragma(`application_id = ${APPLICATION_ID}`);
        database.pragma(`user_version = ${index + 1}`);
        noteFormat(database, index + 1);
      })
      .immediate();
  }
  if (from === MIGRATIONS.length) noteFormat(database, from);
}
