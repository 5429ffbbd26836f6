import { expect, it } from 'vitest';
import { LogUnavailable, type AppendResult, type UpdateBatch } from '../documents/update-log.ts';
import { GroupCommit, type NamedBatch } from './group-commit.ts';

const batchOf = (id: string, bytes = 1): UpdateBatch => ({
  id,
  atMs: 0,
  updates: [{ bytes: new Uint8Array(bytes), actor: 'user:ana' as never, claims: [], carried: false }],
});

/** A store that answers when the test says so. */
function openStore(limits = { atOnce: 1, maxBytes: 100 }) {
  const asked: { ids: string[]; answer: () => void; fail: (error: Error) => void }[] = [];
  const groups = new GroupCommit(
    async (group: readonly NamedBatch[]) =>
      new Promise<readonly AppendResult[]>((resolve, reject) => {
        const answer = (): void => resolve(group.map(() => ({ before: 0, appended: [] })));
        asked.push({ ids: group.map(({ batch }) => batch.id), answer, fail: reject });
      }),
    limits,
  );
  return { groups, asked, ids: () => asked.map(({ ids }) => ids) };
}

const turn = async (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it('[S1] what comes while others are stored shares the next transaction, one batch a document, in its order', async () => {
  const { groups, asked, ids } = openStore();
  const done: Promise<unknown>[] = [];
  for (const [document, id] of ['a1', 'b1', 'a2', 'c1', 'b2', 'a3'].map((id) => [id[0] ?? '', id] as const))
    done.push(groups.append(document, batchOf(id)));
  for (let i = 0; i < 4; i++) {
    await turn();
    asked[i]?.answer();
  }
  await Promise.all(done);
  expect(ids()).toEqual([['a1'], ['a2', 'b1', 'c1'], ['a3', 'b2']]);
});

it('a document is in one transaction at a time, however many may be under way', async () => {
  const { groups, asked, ids } = openStore({ atOnce: 2, maxBytes: 100 });
  const first = groups.append('a', batchOf('a1'));
  const second = groups.append('a', batchOf('a2'));
  const other = groups.append('b', batchOf('b1'));
  await turn();
  expect(ids()).toEqual([['a1'], ['b1']]);
  asked[0]?.answer();
  await first;
  await turn();
  expect(ids()).toEqual([['a1'], ['b1'], ['a2']]);
  for (const { answer } of asked) answer();
  await Promise.all([second, other]);
});

it('a transaction stays small, and a batch that is large by itself goes alone', async () => {
  const { groups, asked, ids } = openStore();
  const sizes = { a: 1, b: 60, c: 60, d: 500 };
  const done = Object.entries(sizes).map(async ([id, size]) => groups.append(id, batchOf(id, size)));
  for (let i = 0; i < 4; i++) {
    await turn();
    asked[i]?.answer();
  }
  await Promise.all(done);
  expect(ids()).toEqual([['a'], ['b'], ['c'], ['d']]);
});

it('[S7] a database that is away is away for all of a group; a batch that breaks a statement is so alone', async () => {
  const { groups, asked, ids } = openStore();
  const outcomes = ['a', 'b', 'c'].map(async (id) =>
    groups.append(id, batchOf(id)).then(
      () => 'stored',
      (error: unknown) => (error instanceof Error ? error.name : ''),
    ),
  );
  await turn();
  asked[0]?.fail(new LogUnavailable('away'));
  await turn();
  asked[1]?.fail(new Error('broken'));
  await turn();
  asked[2]?.fail(new Error('broken'));
  await turn();
  asked[3]?.answer();
  expect(await Promise.all(outcomes)).toEqual(['LogUnavailable', 'Error', 'stored']);
  expect(ids()).toEqual([['a'], ['b', 'c'], ['b'], ['c']]);
});
