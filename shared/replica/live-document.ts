import * as Y from 'yjs';
import type { DocumentKind, ProjectionOf, ViewChange } from './document-kind.ts';
import { isReadable, loadDocument, SYNC_ORIGIN } from './load-document.ts';
import type { StoredDocument } from './replica-store.ts';

/** A Yjs document with its projection, as long as it lasts: until the disk fails, or an edit is refused. */
export type LiveDocument<Projection> = {
  readonly doc: Y.Doc;
  readonly projection: Projection;
  /** So many stored edits are left out, because Yjs cannot read them. */
  readonly unreadable: number;
  /** The bytes that writing here has made since this was last asked; null if none. */
  readonly takeBytes: () => Uint8Array | null;
  readonly end: () => void;
};

/** Throws when the stored snapshot cannot be read. */
export function bringToLife<View, Projection extends ProjectionOf<View>>(
  kind: DocumentKind<View, Projection>,
  stored: StoredDocument,
  onChange: (change: ViewChange<View>) => void,
): LiveDocument<Projection> {
  const { doc, unreadable } = loadDocument(stored);
  const projection = kind.open(doc);
  const written: Uint8Array[] = [];
  projection.onChange(onChange);
  doc.on('update', (bytes: Uint8Array, origin: unknown) => {
    if (origin !== SYNC_ORIGIN) written.push(bytes);
  });
  return {
    doc,
    projection,
    unreadable: unreadable.length,
    takeBytes() {
      const [first, ...more] = written.splice(0);
      if (first === undefined) return null;
      return more.length === 0 ? first : Y.mergeUpdates([first, ...more]);
    },
    end() {
      projection.dispose();
      doc.destroy();
    },
  };
}

/** False if an update could not be applied whole: Yjs may have taken half of it. */
export function mergeInto(doc: Y.Doc, updates: readonly Uint8Array[]): boolean {
  try {
    doc.transact(() => {
      for (const update of updates) if (isReadable(update)) Y.applyUpdate(doc, update, SYNC_ORIGIN);
    }, SYNC_ORIGIN);
    return true;
  } catch {
    return false;
  }
}
