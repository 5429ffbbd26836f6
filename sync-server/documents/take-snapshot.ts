import * as Y from 'yjs';
import type { ServedDocument } from './document-name.ts';
import { loadRoomDocument } from './room-document.ts';
import type { UpdateLog } from './update-log.ts';

/**
 * Stores the sum of all that a document is made of now, and keeps it as long as its history.
 * @returns up to which number it reaches; undefined when nobody wrote to it yet @throws {LogUnavailable}
 */
export async function takeSnapshot(served: ServedDocument, log: UpdateLog): Promise<number | undefined> {
  const { doc, known } = await loadRoomDocument(served, log);
  try {
    if (known === 0) return undefined;
    await log.writeSnapshot(served.name, { upTo: known, bytes: Y.encodeStateAsUpdateV2(doc) });
    await log.keepCheckpoint(served.name, 0);
    // A room may have stored a newer one meanwhile; then that is the one that is kept.
    return (await log.readSnapshot(served.name))?.upTo ?? known;
  } finally {
    doc.destroy();
  }
}
