import type Database from 'better-sqlite3';
import type { Harvest } from './salvage-rows.ts';
import { readInteger, readRow } from './sqlite-rows.ts';
import { rowValues, type Row } from './sqlite-tables.ts';

/**
 * The setting that says once more how many steps the file has taken. `PRAGMA user_version` has no checksum: without a
 * second word, one flipped bit there would make the file a newer program's, and no program would open it again.
 */
export const FORMAT_KEY = 'format';

/** Notes the format, if that is not yet noted. Throws what SQLite throws, and `DamagedRow`. */
export function noteFormat(database: Database.Database, format: number): void {
  const row = find(database);
  if (row?.value === String(format)) return;
  const version = readInteger(row?.version ?? 0) + 1;
  database
    .prepare<unknown[]>(
      `INSERT INTO settings (key, value, version, crc) VALUES (?, ?, ?, ?)
       ON CONFLICT (key) DO UPDATE SET value = excluded.value, version = excluded.version, crc = excluded.crc`,
    )
    .run(...rowValues('settings', { key: FORMAT_KEY, value: String(format), version }));
}

/** Whether the file's head says how many steps it has taken. A file from before the note has the head's word alone. */
export function isFormat(database: Database.Database, format: number): boolean {
  const row = find(database);
  return format > 0 && (row === undefined || row.value === String(format));
}

/** Whether the rows of a file gainsay a head by which it has taken more than `known` steps. */
export function isNotedAsKnown(rows: Harvest, known: number): boolean {
  const row = rows.settings.get(JSON.stringify([FORMAT_KEY]));
  return row !== undefined && Number(row.value) <= known;
}

function find(database: Database.Database): Row<'settings'> | undefined {
  const found = database.prepare<unknown[]>('SELECT * FROM settings WHERE key = ?').get(FORMAT_KEY);
  return found === undefined ? undefined : readRow('settings', found);
}
