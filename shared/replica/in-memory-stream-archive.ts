import { ok } from '../kernel/result.ts';
import { matchesWords, queryWords, recordText } from './archive-text.ts';
import {
  isWithin,
  type ArchivedRecord,
  type ArchivePage,
  type ArchiveQuery,
  type StreamArchive,
} from './stream-archive.ts';

/** The twin of the archive on disk: the same contract, in memory alone. */
export function createInMemoryStreamArchive(): StreamArchive {
  const records = new Map<string, { readonly record: ArchivedRecord; readonly text: string }>();
  const search = (query: ArchiveQuery): ArchivePage => {
    const limit = Math.min(Math.max(Math.trunc(query.limit), 1), 200);
    const offset = Math.max(Math.trunc(query.offset), 0);
    const words = queryWords(query.text);
    const unsearchable = words.length === 0 && query.text.trim() !== '';
    const found = [...records.values()]
      .filter(({ text, record }) => !unsearchable && isWithin(record, query) && matchesWords(text, words))
      .map(({ record }) => record)
      .sort((a, b) => b.atMs - a.atMs || (a.id < b.id ? -1 : 1));
    return { total: found.length, records: found.slice(offset, offset + limit) };
  };
  return {
    put: (added) => {
      for (const record of structuredClone(added)) {
        records.set(record.id, { record, text: recordText(record.record) });
      }
      return Promise.resolve(ok(undefined));
    },
    get: (id) => Promise.resolve(ok(records.get(id)?.record)),
    search: (query) => Promise.resolve(ok(search(query))),
    count: () => Promise.resolve(ok(records.size)),
  };
}
