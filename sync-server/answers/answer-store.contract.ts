import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MAX_ANSWER_BYTES, type AnswerStore } from './answer-store.ts';

const answer = (version: string, text = 'ä') => ({
  ...{ version, type: 'application/json', etag: '"e"', bytes: Buffer.from(`\0\n${text}\r\n`) },
});

type Opened = { readonly store: AnswerStore; readonly close: () => Promise<void> };

/** What every store of answers promises, whatever keeps them. */
export function describeAnswerStore(name: string, open: () => Promise<Opened>): void {
  describe(`answer store: ${name}`, () => {
    let opened: Opened;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(() => opened.close());

    it('[TB5] gives back the latest answer to a question, with the version that it is of', async () => {
      const { store } = opened;
      const got = async (question: string) =>
        vi.waitFor(async () => {
          const found = await store.get(question);
          expect(found).toBeDefined();
          return found;
        });
      expect(await store.get('/a')).toBeUndefined();
      store.put('/a', answer('1 1'));
      store.put('/b', answer('1 1', 'other'));
      expect(await got('/a')).toEqual(answer('1 1'));
      expect(await got('/b')).toEqual(answer('1 1', 'other'));
      store.put('/a', answer('2 1', 'newer'));
      await vi.waitFor(async () => expect(await store.get('/a')).toEqual(answer('2 1', 'newer')));
      const plain = { ...answer('2 1'), type: undefined, etag: undefined };
      store.put('/c', plain);
      expect(await got('/c')).toEqual(plain);
    });

    it('[TB5] keeps nothing that is too large', async () => {
      const { store } = opened;
      store.put('/large', answer('1 1', 'x'.repeat(MAX_ANSWER_BYTES)));
      store.put('/small', answer('1 1'));
      await vi.waitFor(async () => expect(await store.get('/small')).toBeDefined());
      expect(await store.get('/large')).toBeUndefined();
    });
  });
}
