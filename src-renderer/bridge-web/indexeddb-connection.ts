import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { DocumentName, RefusedEdit, StoreFailure, UnsavedEdit } from '#shared/replica/replica-store.ts';
import type { ArchivedRecord } from '#shared/replica/stream-archive.ts';

/** How the browser's own database keeps a replica. Everything of a document carries its name. */
export type ReplicaSchema = DBSchema & {
  /** What has been given and how much there is, so that no number is given twice and nothing need be counted. */
  documents: { key: DocumentName; value: DocumentRow };
  snapshots: { key: DocumentName; value: Uint8Array };
  log: { key: [DocumentName, number]; value: LogRow };
  unsaved: { key: [DocumentName, number]; value: UnsavedEdit & { readonly document: DocumentName } };
  refused: { key: [DocumentName, number]; value: RefusedEdit };
  settings: { key: string; value: string };
  archive: { key: string; value: ArchivedRecord & { readonly words: string } };
};

export type DocumentRow = Readonly<{
  document: DocumentName;
  lastPosition: number;
  lastN: number;
  snapshotBytes: number;
  logBytes: number;
  logEdits: number;
}>;

export type LogRow = Readonly<{ document: DocumentName; position: number; bytes: Uint8Array }>;

export type ReplicaConnection = IDBPDatabase<ReplicaSchema>;

const VERSION = 1;

/** Opens the database of that name, and makes it if there is none. */
export async function openConnection(name: string): Promise<Result<ReplicaConnection, StoreFailure>> {
  try {
    const database = await openDB<ReplicaSchema>(name, VERSION, {
      upgrade(fresh) {
        fresh.createObjectStore('documents', { keyPath: 'document' });
        fresh.createObjectStore('snapshots');
        fresh.createObjectStore('log', { keyPath: ['document', 'position'] });
        fresh.createObjectStore('unsaved', { keyPath: ['document', 'n'] });
        fresh.createObjectStore('refused', { keyPath: ['document', 'n'] });
        fresh.createObjectStore('settings');
        fresh.createObjectStore('archive', { keyPath: 'id' });
      },
    });
    return ok(database);
  } catch (error) {
    return fail(failureOf(error));
  }
}

/** All rows of one document. */
export const ofDocument = (document: DocumentName): IDBKeyRange =>
  IDBKeyRange.bound([document, 0], [document, Number.MAX_SAFE_INTEGER]);

export const CLOSED: StoreFailure = { reason: 'closed', words: 'The documents are closed.' };

/** Why the browser did not store it, in words for a person. */
export function failureOf(error: unknown): StoreFailure {
  const name = error instanceof Error ? error.name : '';
  switch (name) {
    case 'QuotaExceededError':
      return {
        reason: 'disk-full',
        words: 'This browser has no room left for the documents. Free some space, then try again.',
      };
    case 'InvalidStateError':
      return CLOSED;
    case 'VersionError':
      return {
        reason: 'read-only',
        words: 'The documents here were written by a newer Streamwall. Load the page again to get it.',
      };
    case 'SecurityError':
    case 'NotAllowedError':
      return { reason: 'read-only', words: 'This browser does not let the page keep anything.' };
    default: {
      const why = error instanceof Error ? error.message : String(error);
      return { reason: 'disk-error', words: `This browser could not store it: ${why}` };
    }
  }
}
