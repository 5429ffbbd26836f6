import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ActorId } from '#shared/model/ids.ts';
import type { NewUpdate, UpdateBatch, UpdateLog } from './update-log.ts';

const ana = ActorId.parse('user:ana');
const ben = ActorId.parse('user:ben');
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

const edit = (text: string, by = ana, claims: readonly number[] = []): NewUpdate => ({
  bytes: bytesOf(text),
  actor: by,
  claims,
  carried: false,
});

let batches = 0;
const batch = (...updates: NewUpdate[]): UpdateBatch => ({
  id: `batch-${String(++batches)}`,
  atMs: 1000,
  updates,
});

/** What every update log promises, whatever keeps it. */
export function describeUpdateLog(
  name: string,
  open: () => Promise<{ log: UpdateLog; close: () => Promise<void> }>,
): void {
  describe(`update log: ${name}`, () => {
    let log: UpdateLog;
    let close: () => Promise<void>;
    let document: string;
    beforeEach(async () => {
      ({ log, close } = await open());
      document = `wall:${String(++batches)}`;
    });
    afterEach(() => close());

    const texts = async (after = 0, limit = 1000) =>
      (await log.read(document, after, limit)).map(
        ({ number, bytes }) => `${String(number)} ${textOf(bytes)}`,
      );

    it('[S1] numbers the updates of a document from 1, in order and without gaps', async () => {
      await log.append(document, batch(edit('a'), edit('b')));
      const { before, appended } = await log.append(document, batch(edit('c')));
      expect({ before, appended }).toEqual({ before: 2, appended: [{ number: 3 }] });
      expect(await texts()).toEqual(['1 a', '2 b', '3 c']);
      expect(await texts(1, 1)).toEqual(['2 b']);
      expect(await log.last(document)).toBe(3);
    });

    it('[S1] numbers stay gapless when many write at once', async () => {
      const writers = Array.from({ length: 20 }, (_, i) =>
        log.append(document, batch(edit(`${String(i)}-a`), edit(`${String(i)}-b`))),
      );
      const results = await Promise.all(writers);
      const numbers = results.flatMap(({ appended }) =>
        appended.map((one) => ('number' in one ? one.number : -1)),
      );
      expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
      expect((await log.read(document, 0, 100)).length).toBe(40);
    });

    it('[S2] keeps bytes, author and time as they came', async () => {
      const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
      await log.append(document, {
        id: `x${document}`,
        atMs: 1_790_000_000_123,
        updates: [{ ...edit('', ben), bytes, carried: true }],
      });
      expect(await log.read(document, 0, 10)).toEqual([
        { number: 1, bytes, actor: ben, atMs: 1_790_000_000_123, carried: true },
      ]);
    });

    it('[S3] a batch that is sent twice is stored once and answered the same', async () => {
      const again = batch(edit('a'), edit('b'));
      const first = await log.append(document, again);
      await log.append(document, batch(edit('c')));
      expect(await log.append(document, again)).toEqual(first);
      const single = batch(edit('d'));
      const answer = await log.append(document, single);
      await log.append(document, batch(edit('e')));
      expect(await log.append(document, single)).toEqual(answer);
      expect(await texts()).toEqual(['1 a', '2 b', '3 c', '4 d', '5 e']);
    });

    it('[S3] also when it is sent again among batches of other documents, which are stored', async () => {
      const again = batch(edit('a'), edit('b'));
      const first = await log.append(document, again);
      const names = Array.from({ length: 6 }, (_, i) => `${document}-${String(i)}`);
      const [answer, ...others] = await Promise.all([
        log.append(names[0] ?? '', batch(edit('alone'))),
        ...names.slice(1, 4).map(async (name) => log.append(name, batch(edit('x'), edit('y')))),
        log.append(document, again),
        ...names.slice(4).map(async (name) => log.append(name, batch(edit('x'), edit('y')))),
      ]);
      expect(answer).toMatchObject({ before: 0, appended: [{ number: 1 }] });
      const fresh = { before: 0, appended: [{ number: 1 }, { number: 2 }] };
      expect(others).toMatchObject([fresh, fresh, fresh, first, fresh, fresh]);
      expect(await texts()).toEqual(['1 a', '2 b']);
      expect((await log.read(names[5] ?? '', 0, 10)).map(({ bytes }) => textOf(bytes))).toEqual(['x', 'y']);
      expect((await log.append(document, batch(edit('c')))).appended).toEqual([{ number: 3 }]);
    });

    it('[S4] a client id belongs to the first actor who used it; a forged update is left out and the rest is stored', async () => {
      await log.append(document, batch(edit('a', ana, [7])));
      const { appended } = await log.append(
        document,
        batch(edit('forged', ben, [7]), edit('b', ben, [8]), edit('c', ana, [7])),
      );
      expect(appended).toEqual([{ ownedBy: ana }, { number: 2 }, { number: 3 }]);
      expect(await texts()).toEqual(['1 a', '2 b', '3 c']);
      expect(await log.owners(document, [7, 8, 9])).toEqual(
        new Map([
          [7, ana],
          [8, ben],
        ]),
      );
    });

    it('[S4] client ids are owned document by document', async () => {
      await log.append(document, batch(edit('a', ana, [7])));
      expect((await log.append(`${document}-other`, batch(edit('b', ben, [7])))).appended).toEqual([
        { number: 1 },
      ]);
    });

    it('[S5] the newest snapshot is the one that is read, and an older one never replaces it', async () => {
      expect(await log.readSnapshot(document)).toBeUndefined();
      await log.append(document, batch(edit('a'), edit('b')));
      await log.writeSnapshot(document, { upTo: 2, bytes: bytesOf('two') });
      await log.writeSnapshot(document, { upTo: 1, bytes: bytesOf('one') });
      expect(await log.readSnapshot(document)).toEqual({ upTo: 2, bytes: bytesOf('two') });
    });

    it('[S5] forgets only what is old and lies before a checkpoint, and can tell all that came after', async () => {
      await log.append(document, batch(edit('a'), edit('b')));
      await log.writeSnapshot(document, { upTo: 2, bytes: bytesOf('two') });
      await log.keepCheckpoint(document, 3);
      expect(await log.forget(document, 5000)).toBe(0);
      await log.keepCheckpoint(document, 2);
      await log.keepCheckpoint(document, 0);
      await log.append(document, batch(edit('c'), edit('d')));
      await log.writeSnapshot(document, { upTo: 4, bytes: bytesOf('four') });
      expect(await log.readCheckpoint(document, 3)).toEqual({ upTo: 2, bytes: bytesOf('two') });
      expect(await log.readCheckpoint(document, 4)).toEqual({ upTo: 4, bytes: bytesOf('four') });
      expect(await log.readCheckpoint(document, 1)).toBeUndefined();
      expect(await log.forget(document, 500)).toBe(0);
      expect(await log.forget(document, 5000)).toBe(2);
      expect(await log.forget(document, 5000)).toBe(0);
      expect(await texts()).toEqual(['3 c', '4 d']);
      await log.keepCheckpoint(document, 2);
      expect(await log.forget(document, 5000)).toBe(2);
      expect(await log.readCheckpoint(document, 3)).toBeUndefined();
      expect((await log.append(document, batch(edit('e')))).appended).toEqual([{ number: 5 }]);
      await log.forgetAnswers(5000);
    });

    it('[S27] an update that must follow the last one is stored only if it does, and once', async () => {
      const first = batch(edit('a'));
      expect(await log.appendAfter(document, 0, first)).toEqual({ before: 0, appended: [{ number: 1 }] });
      expect(await log.appendAfter(document, 0, batch(edit('b')))).toBeUndefined();
      expect(await log.appendAfter(document, 0, first)).toEqual({ before: 0, appended: [{ number: 1 }] });
      expect(await log.appendAfter(document, 1, batch(edit('c')))).toMatchObject({ before: 1 });
      expect(await texts()).toEqual(['1 a', '2 c']);
    });

    it('[S33] says which spans of updates are kept whole and hold a word nowhere', async () => {
      const other = `${document}-other`;
      await log.append(document, batch(edit('a'), edit('b rules b'), edit('c')));
      await log.append(other, batch(edit('a')));
      const silent = async (...spans: (readonly [string, number, number])[]) => {
        const asked = spans.map(([of, after, upTo]) => ({ document: of, after, upTo }));
        return [...(await log.withoutWord(asked, 'rules'))].toSorted();
      };
      expect(await silent([document, 0, 3], [other, 0, 1])).toEqual([other]);
      expect(await silent([document, 0, 1], [other, 1, 1])).toEqual([document, other]);
      expect(await silent([document, 2, 3], [other, 0, 2])).toEqual([document]);
      await log.writeSnapshot(document, { upTo: 1, bytes: bytesOf('one') });
      await log.keepCheckpoint(document, 1);
      await log.forget(document, 5000);
      expect(await silent([document, 0, 1])).toEqual([]);
      expect(await silent([document, 1, 1], [other, 0, 1])).toEqual([document, other]);
      expect(await silent()).toEqual([]);
    });

    it('[S6] a store has one id, and lists its documents', async () => {
      await log.append(document, batch(edit('a')));
      expect(await log.storeId()).toMatch(/^[a-z0-9]{16,64}$/);
      expect(await log.storeId()).toBe(await log.storeId());
      expect(await log.documents()).toContainEqual({ document, last: 1 });
      expect(await log.last('never-written')).toBe(0);
    });
  });
}
