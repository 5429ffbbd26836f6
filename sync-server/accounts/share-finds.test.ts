import { expect, it } from 'vitest';
import { shareFinds } from './share-finds.ts';

type Thing = { readonly id: string };

function createSlowStore(ids: readonly string[]) {
  const questions: { ids: readonly string[]; answer: (error?: Error) => void }[] = [];
  const find = async (wanted: readonly string[]): Promise<readonly Thing[]> =>
    new Promise((resolve, reject) => {
      const found = ids.filter((id) => wanted.includes(id)).map((id) => ({ id }));
      questions.push({
        ids: wanted,
        answer: (error) => (error === undefined ? resolve(found) : reject(error)),
      });
    });
  return { questions, find: shareFinds(find, ({ id }: Thing) => id) };
}

it('who asks while a question is under way shares the next one, and gets what they asked for', async () => {
  const { questions, find } = createSlowStore(['a', 'b', 'c']);
  const first = find(['a']);
  const others = [find(['a', 'b']), find(['c', 'x']), find(['b'])];
  questions[0]?.answer();
  expect(await first).toEqual([{ id: 'a' }]);
  await expect.poll(() => questions.length).toBe(2);
  expect(questions[1]?.ids).toEqual(['a', 'b', 'c', 'x']);
  questions[1]?.answer();
  expect(await Promise.all(others)).toEqual([[{ id: 'a' }, { id: 'b' }], [{ id: 'c' }], [{ id: 'b' }]]);
});

it('a question that fails fails for those who share it alone', async () => {
  const { questions, find } = createSlowStore(['a']);
  const first = find(['a']);
  const second = find(['a']);
  questions[0]?.answer(new Error('away'));
  await expect(first).rejects.toThrow('away');
  await expect.poll(() => questions.length).toBe(2);
  questions[1]?.answer();
  expect(await second).toEqual([{ id: 'a' }]);
});
