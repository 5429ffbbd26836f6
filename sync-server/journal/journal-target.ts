import type { ActorId } from '#shared/model/ids.ts';
import type { PendingUpdate } from './numbered-documents.ts';

/** The database behind a journal. */
export type JournalTarget = {
  /** Whose the Yjs client ids of a document are. */
  owners(document: string): Promise<ReadonlyMap<number, ActorId>>;
  /**
   * Stores updates of several documents under the numbers that they have, all or none, and on disk when it resolves; those
   * that are there already stay as they are. In the order of their numbers within each document.
   */
  takeOver(rows: readonly (PendingUpdate & { readonly document: string })[]): Promise<void>;
};
