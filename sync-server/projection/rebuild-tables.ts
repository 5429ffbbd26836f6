import { CATALOGUE_ROOTS } from '#shared/document/document-shape.ts';
import { openCatalogue, type CatalogueProjection } from '#shared/document/project-catalogue.ts';
import { ActorId } from '#shared/model/ids.ts';
import type { ServedDocument } from '../documents/document-name.ts';
import { openStoredCopy, type CopyParts, type StoredCopy } from '../documents/stored-copy.ts';
import { LogUnavailable } from '../documents/update-log.ts';
import { allRows, goneOf, rowOfArchived } from './catalogue-rows.ts';
import type { ProjectionStore } from './projection-store.ts';

export const CATALOGUE: ServedDocument = { name: 'catalogue', kind: 'catalogue', roots: CATALOGUE_ROOTS };
const ARCHIVE_PAGE = 2_000;
/** How often others may write first. */
const MAX_ATTEMPTS = 10;

type Whole = {
  readonly copy: Pick<StoredCopy, 'doc' | 'known'>;
  readonly catalogue: CatalogueProjection;
  readonly nowMs: number;
};

export type RebuildParts = Pick<CopyParts, 'log' | 'clock' | 'newBatchId'> & {
  readonly tables: ProjectionStore;
};

/**
 * Writes all tables anew, from the log and from the archive, beside servers that run or without any. Integer ids stay.
 * @returns the catalogue's number that they are at, and how many records are shown @throws {LogUnavailable}
 */
export async function rebuildTables(
  parts: RebuildParts,
): Promise<{ readonly number: number; readonly records: number }> {
  const { tables, clock } = parts;
  // It writes nothing into the document.
  const copy = await openStoredCopy({ ...parts, served: CATALOGUE, actor: ActorId.parse('rule:tables') });
  const catalogue = openCatalogue(copy.doc);
  try {
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
      await copy.follow();
      const reached = await writeWhole(tables, { copy, catalogue, nowMs: clock.nowMs() });
      if (reached > copy.known()) continue;
      await addArchive(tables, clock.nowMs());
      await tables.settle();
      return { number: reached, records: (await tables.shown()).length };
    }
  } finally {
    catalogue.dispose();
    copy.close();
  }
  throw new LogUnavailable('the tables are written to all the time');
}

/** Writes everything that the catalogue shows. @returns what the tables are at: above `copy`'s number nothing was written */
export async function writeWhole(
  tables: ProjectionStore,
  { copy, catalogue, nowMs }: Whole,
): Promise<number> {
  const rows = allRows(catalogue);
  const isShown = new Set(rows.map(({ kind, key }) => `${kind}/${key}`));
  // What left for the archive while nobody wrote the tables is not what a person removed.
  const gone = (await tables.shown())
    .filter(({ kind, key }) => !isShown.has(`${kind}/${key}`))
    .map(({ kind, key }) => goneOf(copy.doc, catalogue, kind, key));
  return tables.write({ from: -1, to: copy.known(), nowMs, isWhole: true, rows, gone });
}

/** Puts what is in the archive beside what is current. @throws {LogUnavailable} */
export async function addArchive(tables: ProjectionStore, nowMs: number): Promise<void> {
  let after = '';
  for (;;) {
    const page = await tables.archived(after, ARCHIVE_PAGE);
    const rows = page.flatMap(({ key, record }) => rowOfArchived(key, record) ?? []);
    if (rows.length > 0) await tables.addArchived(rows, nowMs);
    after = page.at(-1)?.key ?? '';
    if (page.length < ARCHIVE_PAGE) return;
  }
}
