import { expect, it } from 'vitest';
import { ok } from '../kernel/result.ts';
import { readArchive } from './read-archive.ts';
import type { ArchiveQuery } from './stream-archive.ts';

const wanted = { text: 'x', fromMs: 1, untilMs: null, offset: 0 };

function ownArchive() {
  const asked: ArchiveQuery[] = [];
  return {
    asked,
    searchArchive: async (query: ArchiveQuery) => {
      asked.push(query);
      return Promise.resolve(ok({ total: 1, records: [{ id: 'streams/none', atMs: 1, record: null }] }));
    },
  };
}

it('alone, this copy’s own archive is searched', async () => {
  const own = ownArchive();
  const found = await readArchive(own, undefined, wanted);
  expect(found).toEqual(ok({ total: 1, found: [], isComplete: true }));
  expect(own.asked).toEqual([{ text: 'x', offset: 0, limit: 50, fromMs: 1 }]);
});

it('in a team the server’s is, and this copy’s own while that cannot be asked, which is said', async () => {
  const own = ownArchive();
  const answer = async () => Promise.resolve(Response.json({ total: 7, records: [] }));
  expect(await readArchive(own, answer, wanted)).toEqual(ok({ total: 7, found: [], isComplete: true }));
  expect(own.asked).toEqual([]);
  const away = async () => Promise.reject(new Error('away'));
  expect(await readArchive(own, away, wanted)).toEqual(ok({ total: 1, found: [], isComplete: false }));
});
