import { ArchivedStream } from '#shared/document/archived-stream.ts';
import { ok } from '#shared/kernel/result.ts';
import { createInMemoryStreamArchive } from '#shared/replica/in-memory-stream-archive.ts';
import type { Past, ServerArchive } from './server-archive.ts';

/** An archive that is gone when the process ends: for tests. */
export function createInMemoryServerArchive(): ServerArchive {
  const archive = createInMemoryStreamArchive();
  const given = new Map<string, readonly string[]>();
  return {
    ...archive,
    put: async (records) => {
      for (const { id } of records) given.delete(id);
      return archive.put(records);
    },
    findPasts: async (ids) => {
      const pasts = new Map<string, Past>();
      for (const id of ids) {
        const found = await archive.get(id);
        if (!found.ok) return found;
        if (found.value === undefined) continue;
        const record = ArchivedStream.safeParse(found.value.record);
        const { atMs } = found.value;
        if (record.success) pasts.set(id, { atMs, record: record.data, givenTo: given.get(id) ?? [] });
      }
      return ok(pasts);
    },
    noteGiven: async (id, births) => {
      given.set(id, [...(given.get(id) ?? []), ...births]);
      return Promise.resolve(ok(undefined));
    },
  };
}
