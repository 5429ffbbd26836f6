import * as Y from 'yjs';
import type { StoredDocument } from './replica-store.ts';

/** A document in memory as it is on disk. */
export type LoadedDocument = {
  readonly doc: Y.Doc;
  /** Updates that Yjs cannot read; they are left out, and stay where they are stored. */
  readonly unreadable: readonly Uint8Array[];
};

/** The origin of transactions that load or merge what others, or an earlier run, have written. */
export type SyncOrigin = { readonly type: 'sync' };
export const SYNC_ORIGIN: SyncOrigin = { type: 'sync' };

/**
 * Makes a document of a snapshot (v2) and updates (v1), under a client id that nobody has used. Throws when the snapshot
 * cannot be read: it was checked when it was made, so nothing that could be read instead would be the document.
 */
export function loadUpdates(snapshot: Uint8Array | null, updates: readonly Uint8Array[]): LoadedDocument {
  const unreadable: Uint8Array[] = [];
  for (let readable = updates; ;) {
    const doc = new Y.Doc();
    const failed = applyAll(doc, snapshot, readable);
    if (failed === undefined) return { doc, unreadable };
    // Yjs may have taken the first half of it: begin again without.
    doc.destroy();
    unreadable.push(failed);
    readable = readable.filter((update) => update !== failed);
  }
}

/** All of a document, its unsaved edits last. Throws as `loadUpdates`. */
export function loadDocument({ snapshot, updates, unsaved }: StoredDocument): LoadedDocument {
  return loadUpdates(snapshot, [...updates, ...unsaved.map(({ bytes }) => bytes)]);
}

/** Answers the update at which it had to stop. */
function applyAll(
  doc: Y.Doc,
  snapshot: Uint8Array | null,
  updates: readonly Uint8Array[],
): Uint8Array | undefined {
  let current: Uint8Array | undefined;
  try {
    doc.transact(() => {
      if (snapshot !== null) Y.applyUpdateV2(doc, snapshot, SYNC_ORIGIN);
      for (const update of updates) {
        current = update;
        Y.applyUpdate(doc, update, SYNC_ORIGIN);
      }
    }, SYNC_ORIGIN);
    return undefined;
  } catch (error) {
    if (current === undefined) throw error;
    return current;
  }
}

/** Whether Yjs can make out the update at all; half of one that it cannot is never applied. */
export function isReadable(update: Uint8Array): boolean {
  try {
    Y.decodeUpdate(update);
    return true;
  } catch {
    return false;
  }
}
