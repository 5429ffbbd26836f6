import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { matchesWords, queryWords, recordText } from '#shared/replica/archive-text.ts';
import type { StoreFailure } from '#shared/replica/replica-store.ts';
import {
  isWithin,
  type ArchivedRecord,
  type ArchivePage,
  type ArchiveQuery,
  type StreamArchive,
} from '#shared/replica/stream-archive.ts';
import { failureOf, type ReplicaConnection } from './indexeddb-connection.ts';

/** The archive beside a browser's replica. A browser's is small, so a search reads all of it. */
export function createIndexeddbStreamArchive(database: ReplicaConnection): StreamArchive {
  const attempt = async <T>(work: () => Promise<T>): Promise<Result<T, StoreFailure>> => {
    try {
      return ok(await work());
    } catch (error) {
      return fail(failureOf(error));
    }
  };
  return {
    put: (records) =>
      attempt(async (): Promise<undefined> => {
        const tx = database.transaction('archive', 'readwrite', { durability: 'strict' });
        for (const record of records) await tx.store.put({ ...record, words: recordText(record.record) });
        await tx.done;
      }),
    get: (id) => attempt(async () => withoutWords(await database.get('archive', id))),
    search: (query) => attempt(async () => search(database, query)),
    count: () => attempt(async () => database.count('archive')),
  };
}

function withoutWords(
  row: (ArchivedRecord & { readonly words: string }) | undefined,
): ArchivedRecord | undefined {
  if (row === undefined) return undefined;
  const { words: _, ...record } = row;
  return record;
}

async function search(database: ReplicaConnection, query: ArchiveQuery): Promise<ArchivePage> {
  const limit = Math.min(Math.max(Math.trunc(query.limit), 1), 200);
  const offset = Math.max(Math.trunc(query.offset), 0);
  const words = queryWords(query.text);
  const unsearchable = words.length === 0 && query.text.trim() !== '';
  const found = (await database.getAll('archive'))
    .filter((row) => !unsearchable && isWithin(row, query) && matchesWords(row.words, words))
    .sort((a, b) => b.atMs - a.atMs || (a.id < b.id ? -1 : 1));
  const page = found.slice(offset, offset + limit);
  return { total: found.length, records: page.map(({ words: _, ...record }) => record) };
}
