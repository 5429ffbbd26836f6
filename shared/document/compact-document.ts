import * as Y from 'yjs';

/**
 * A stored document (update v2) without the remains of what was deleted, as far as Yjs can let go of them: they only merge
 * in a fresh load. Blocks for as long as loading takes, about half a second for a year; throws on bytes that are no update,
 * or that lack what they build upon.
 */
export function compactDocument(bytes: Uint8Array): Uint8Array {
  const doc = new Y.Doc();
  try {
    Y.applyUpdateV2(doc, bytes);
    if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null)
      throw new Error('the document waits for edits that are not here');
    return Y.encodeStateAsUpdateV2(doc);
  } finally {
    doc.destroy();
  }
}
