import type * as Y from 'yjs';
import { DOCUMENT_VERSION, NEEDS_KEY, readVersion, refuseToWrite, VERSION_KEY } from './document-version.ts';
import type { Origin } from './op.ts';

/** How documents of the version before become documents of this one. */
export type Migration = {
  readonly to: number;
  /** Whether programs of the version before would do harm by writing afterwards. */
  readonly breaking: boolean;
  readonly up: (doc: Y.Doc) => void;
};

/** In order; the first version needs none. */
const MIGRATIONS: readonly Migration[] = [];

/**
 * Brings a document up to this program's version, in one transaction. Only one replica of a store may do this: the server,
 * or a desk that has never had one. Documents of a newer version are left alone.
 * @returns the version that the document has now
 */
export function migrateDocument(
  doc: Y.Doc,
  migrations: readonly Migration[] = MIGRATIONS,
  to = DOCUMENT_VERSION,
): number {
  const { version } = readVersion(doc);
  const meta = doc.getMap<unknown>('meta');
  if (refuseToWrite(doc, to) !== undefined || version > to) return version;
  if (version === to && meta.get(VERSION_KEY) === to) return version;
  const origin: Origin = { type: 'migrate' };
  doc.transact(() => {
    for (const migration of migrations) {
      if (migration.to <= version || migration.to > to) continue;
      migration.up(doc);
      if (migration.breaking) meta.set(NEEDS_KEY, migration.to);
    }
    meta.set(VERSION_KEY, to);
  }, origin);
  return to;
}
