import Database from 'better-sqlite3';
import type { StoreFailure } from './replica-store.ts';
import { DamagedRow } from './sqlite-rows.ts';

const DAMAGED: StoreFailure = {
  reason: 'damaged',
  words: 'The file with the documents is damaged. Start the program again: it then recovers what it can.',
};

/** What the disk's refusal means to a person. Anything that is not the disk's is a bug, and is thrown on. */
export function failureOf(error: unknown): StoreFailure {
  if (error instanceof DamagedRow) return DAMAGED;
  if (!(error instanceof Database.SqliteError)) throw error;
  const { code } = error;
  if (code.startsWith('SQLITE_FULL')) {
    return {
      reason: 'disk-full',
      words: 'The disk is full. Free some space; nothing that was stored is lost.',
    };
  }
  if (code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_PERM')) {
    return {
      reason: 'read-only',
      words: 'The file with the documents may not be written. Check its permissions.',
    };
  }
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return { reason: 'busy', words: 'The file with the documents was held by something else for too long.' };
  }
  if (code.startsWith('SQLITE_CORRUPT') || code.startsWith('SQLITE_NOTADB')) return DAMAGED;
  if (
    code.startsWith('SQLITE_IOERR') ||
    code.startsWith('SQLITE_CANTOPEN') ||
    code.startsWith('SQLITE_NOMEM')
  ) {
    return { reason: 'disk-error', words: `The disk did not take it (${code}). Check the disk.` };
  }
  throw error;
}
