import { copyFileSync, closeSync, constants, fstatSync, openSync, readSync, rmSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { harvestFile, hasCutOffRows } from './salvage-file.ts';
import { readSpares } from './spare-snapshot.ts';
import { isFormat, isNotedAsKnown } from './sqlite-format.ts';
import { DamagedRow, readRow } from './sqlite-rows.ts';
import { APPLICATION_ID, MIGRATIONS, PAGE_BYTES, TABLES, type TableName } from './sqlite-tables.ts';

/** What stands at a replica's path. */
export type FileCheck =
  | { readonly kind: 'absent' }
  | { readonly kind: 'sound' }
  /** Written by a newer program: not to be touched. */
  | { readonly kind: 'newer' }
  /** `words` end a sentence that begins with "The file with the documents …". */
  | { readonly kind: 'damaged'; readonly words: string };

/** The number by which a file's head says that it is written through a write-ahead log. */
const WAL_MODE = 2;

/** Every row of these is read; the archive's rows are checked as they are asked for. */
const CHECKED_TABLES = (Object.keys(TABLES) as TableName[]).filter((table) => table !== 'archive');

/**
 * Looks at the file and at what stands in it without changing a byte. Throws what the file system throws when the file
 * may not be read at all, which is no damage.
 */
export function checkFile(file: string): FileCheck {
  const check = lookAt(file);
  if (check.kind !== 'newer') return check;
  const isDamage = isNotedAsKnown(harvestFile(file, 'committed'), MIGRATIONS.length);
  return isDamage ? damaged('was damaged in its head') : check;
}

function lookAt(file: string): FileCheck {
  const wal = statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  if (statSync(file, { throwIfNoEntry: false }) === undefined) {
    if (wal > 0) return damaged('is gone, and only its log of the last changes is there');
    return readSpares(file).length === 0 ? { kind: 'absent' } : damaged('is gone');
  }
  const header = readHeader(file);
  if (header !== 'ours') return header === 'newer' ? { kind: 'newer' } : damaged(header);
  if (wal > 0 && hasCutOffRows(file)) return damaged('had damage in its log of the last changes');
  return wal > 0 ? checkCopy(file) : checkClosed(file);
}

const damaged = (words: string): FileCheck => ({ kind: 'damaged', words });

function readHeader(file: string): string {
  const handle = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(100);
    const read = readSync(handle, bytes, 0, 100, 0);
    const { size } = fstatSync(handle);
    if (size === 0) return 'was empty';
    if (read < 100 || bytes.toString('latin1', 0, 16) !== 'SQLite format 3\0') return 'could not be read';
    if (bytes.readUInt32BE(68) !== APPLICATION_ID) return 'was not written by this program';
    // SQLite would only read a file whose log it does not know.
    if (bytes[18] !== WAL_MODE || bytes[19] !== WAL_MODE) return 'was damaged in its head';
    if (bytes.readUInt32BE(60) > MIGRATIONS.length) return 'newer';
    const pages = bytes.readUInt32BE(28);
    if (bytes.readUInt16BE(16) !== PAGE_BYTES || size < pages * PAGE_BYTES) return 'was cut short';
    return 'ours';
  } finally {
    closeSync(handle);
  }
}

/** A file that was closed properly: what stands there is all there is. Looking leaves an empty log, which goes again. */
function checkClosed(file: string): FileCheck {
  const companions = ['-wal', '-shm'].map((suffix) => `${file}${suffix}`);
  // One that was there before may be somebody else's, who is looking into the file with another program.
  const left = companions.filter((path) => statSync(path, { throwIfNoEntry: false }) === undefined);
  try {
    return checkContent(file);
  } finally {
    for (const path of left) rmSync(path, { force: true });
  }
}

/** After a crash there is a log, which closing the file would write into it: so a copy is looked at. */
function checkCopy(file: string): FileCheck {
  const copy = `${file}.check`;
  removeCopy(copy);
  try {
    copyFileSync(file, copy, constants.COPYFILE_FICLONE);
    copyFileSync(`${file}-wal`, `${copy}-wal`, constants.COPYFILE_FICLONE);
  } catch (error) {
    removeCopy(copy);
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
    return checkContent(file);
  }
  try {
    return checkContent(copy);
  } finally {
    removeCopy(copy);
  }
}

function removeCopy(copy: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${copy}${suffix}`, { force: true });
}

function checkContent(file: string): FileCheck {
  let database: Database.Database | undefined;
  try {
    database = new Database(file, { readonly: true });
    const format = Number(database.pragma('user_version', { simple: true }));
    if (format > MIGRATIONS.length) return { kind: 'newer' };
    const findings = database.pragma('integrity_check(1)', { simple: true });
    if (findings !== 'ok') return damaged('was damaged inside');
    for (const table of CHECKED_TABLES) {
      for (const row of database.prepare(`SELECT * FROM ${table}`).iterate()) readRow(table, row);
    }
    return isFormat(database, format) ? { kind: 'sound' } : damaged('was damaged in its head');
  } catch (error) {
    if (error instanceof DamagedRow) return damaged('held changes that are not as they were written');
    if (error instanceof Database.SqliteError && !/^SQLITE_(?:CANTOPEN|PERM|NOMEM|BUSY)/.test(error.code)) {
      return damaged('could not be read');
    }
    throw error;
  } finally {
    database?.close();
  }
}
