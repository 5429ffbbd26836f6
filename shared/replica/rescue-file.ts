import { closeSync, existsSync, fsyncSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type Database from 'better-sqlite3';
import { harvestFile } from './salvage-file.ts';
import { chooseSalvage, type Salvage } from './salvage-rows.ts';
import { describeSalvage } from './describe-salvage.ts';
import { readSpares, type SpareSnapshot } from './spare-snapshot.ts';
import { splitSnapshot } from './sqlite-compaction.ts';
import { connect, migrate } from './sqlite-connection.ts';
import { FORMAT_KEY } from './sqlite-format.ts';
import { insertSql, rowValues, type Row, type TableName } from './sqlite-tables.ts';
import { recordText } from './archive-text.ts';
import { readJson } from './sqlite-rows.ts';

/**
 * Puts a new file with what can be read in the place of a damaged one, which is kept beside it, byte for byte, under
 * another name. A crash at any point loses nothing:
 *
 *     <file> is damaged ─▶ build <file>.salvage-part ─▶ rename to <file>.salvage-TIME: from here on it is decided
 *       ─▶ <file>-wal, <file> become <file>.damaged-TIME… ─▶ <file>.salvage-TIME becomes <file>
 *
 * Before the decision a new start begins again; after it, a new start goes on (`finishRescue`).
 * Throws what the file system or SQLite throws; then the damaged file is where it was.
 */
export function rescueFile(file: string, damage: string, nowMs: number): void {
  const part = `${file}.salvage-part`;
  removeDatabase(part);
  const stamp = freeStamp(file, nowMs);
  const salvage = chooseSalvage(harvestFile(file, 'everything'), readSpares(file));
  const words = describeSalvage(salvage, damage, basename(damagedName(file, stamp)));
  const database = connect(part);
  try {
    migrate(database);
    database
      .transaction(() => writeSalvage(database, salvage, { key: `notice:${stamp}`, words }))
      .immediate();
  } finally {
    database.close();
  }
  renameSync(part, `${file}.salvage-${stamp}`);
  syncFolder(file);
  finishRescue(file);
}

/** Takes the last steps of a rescue that was decided, if there is one. */
export function finishRescue(file: string): void {
  const prefix = `${basename(file)}.salvage-`;
  const found = readdirSync(dirname(file)).filter(
    (name) => name.startsWith(prefix) && /-\d{4}-[\dTZ-]+$/.test(name),
  );
  const salvage = found.sort().at(-1);
  if (salvage === undefined) return;
  const aside = damagedName(file, salvage.slice(prefix.length));
  // The log first: left behind, it would be taken for the new file's own.
  for (const suffix of ['-wal', '']) {
    if (existsSync(`${file}${suffix}`)) renameSync(`${file}${suffix}`, `${aside}${suffix}`);
  }
  rmSync(`${file}-shm`, { force: true });
  renameSync(join(dirname(file), salvage), file);
  syncFolder(file);
}

/** Makes a new, empty file, whole or not at all: one that is there and empty was therefore damaged. */
export function createFile(file: string): void {
  const part = `${file}.new`;
  removeDatabase(part);
  const database = connect(part);
  try {
    migrate(database);
  } finally {
    database.close();
  }
  renameSync(part, file);
  syncFolder(file);
}

const damagedName = (file: string, stamp: string) => `${file}.damaged-${stamp}`;

/** The time, as a file name may have it; another digit if something has that name. */
function freeStamp(file: string, nowMs: number): string {
  const stamp = new Date(nowMs).toISOString().replace(/\.\d+/, '').replaceAll(':', '-');
  for (let count = 1; ; count += 1) {
    const candidate = count === 1 ? stamp : `${stamp}-${count}`;
    if (!['', '-wal'].some((suffix) => existsSync(`${damagedName(file, candidate)}${suffix}`)))
      return candidate;
  }
}

function removeDatabase(file: string): void {
  for (const suffix of ['-wal', '-shm', '']) rmSync(`${file}${suffix}`, { force: true });
}

/** A rename is on disk once its folder is. Windows knows no such thing and needs none. */
function syncFolder(file: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(dirname(file), 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function writeSalvage(
  database: Database.Database,
  salvage: Salvage,
  notice: { readonly key: string; readonly words: string },
): void {
  const put: PutRows = (table, rows) => {
    const statement = database.prepare<unknown[]>(insertSql(table));
    for (const row of rows) statement.run(...rowValues(table, row));
  };
  for (const { document, settled, snapshot, log, unsaved } of salvage.documents) {
    put('documents', [{ document, settled }]);
    if (snapshot !== null) writeSnapshot(put, snapshot);
    put('log', log);
    put('unsaved', unsaved);
  }
  put('refused', salvage.refused);
  // The new file has its own note of its format already.
  const settings = salvage.settings.filter(({ key }) => key !== FORMAT_KEY);
  put('settings', [...settings, { key: notice.key, value: notice.words, version: 1 }]);
  writeArchive(database, salvage.archive);
}

type PutRows = <T extends TableName>(table: T, rows: readonly Row<T>[]) => void;

function writeSnapshot(put: PutRows, { document, through, atMs, bytes }: SpareSnapshot): void {
  const parts = splitSnapshot(bytes);
  put('snapshots', [{ document, snapshot: 1, through, parts: parts.length, length: bytes.byteLength, atMs }]);
  put(
    'snapshotParts',
    parts.map((part, index) => ({ document, snapshot: 1, part: index, bytes: part })),
  );
}

function writeArchive(database: Database.Database, rows: Salvage['archive']): void {
  const put = database.prepare<unknown[]>(insertSql('archive'));
  const putWords = database.prepare<unknown[]>('INSERT INTO archiveText (rowid, words) VALUES (?, ?)');
  for (const row of rows) {
    const { lastInsertRowid } = put.run(...rowValues('archive', row));
    putWords.run(lastInsertRowid, recordText(readJson(row.record) ?? null));
  }
}
