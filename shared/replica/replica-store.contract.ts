import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { Result } from '../kernel/result.ts';
import type { DocumentName, NewEdit, ReplicaStore, StoreFailure } from './replica-store.ts';

/** A place where a store keeps things, which outlives the store. */
export type StorePlace = {
  /** Opens the store on what is there; at most one is open at a time. */
  readonly open: () => Promise<ReplicaStore>;
  /** From now on the disk takes nothing more, or does again. */
  readonly breakDisk: (broken: boolean) => void;
  readonly remove: () => void;
};

const CATALOGUE: DocumentName = 'catalogue';
const WALL: DocumentName = 'wall:main';

/** What every `ReplicaStore` does. Titles carry the rules of SPEC.md. */
export function describeReplicaStore(name: string, createPlace: () => StorePlace): void {
  describe(`${name} as a replica store`, () => {
    let place: StorePlace;
    let store: ReplicaStore;
    beforeEach(async () => {
      place = createPlace();
      store = await place.open();
    });
    afterEach(async () => {
      await store.close();
      place.remove();
    });
    const reopen = async () => {
      await store.close();
      store = await place.open();
    };

    it('[R1] what was appended is there after opening again, in order, document by document', async () => {
      value(await store.append([edit({ bytes: [1] }), edit({ document: WALL, bytes: [2] })]));
      value(await store.append([edit({ bytes: [3] })]));
      await reopen();
      expect((await load(store, CATALOGUE)).updates).toEqual([[1], [3]]);
      expect((await load(store, WALL)).updates).toEqual([[2]]);
      expect(value(await store.documents())).toEqual([CATALOGUE, WALL]);
    });

    it('a document that was never written is empty', async () => {
      expect(value(await store.load(WALL))).toEqual({ snapshot: null, updates: [], unsaved: [] });
      expect(value(await store.documents())).toEqual([]);
    });

    it('[R2] a disk that takes nothing keeps what was there, says so, and is written to again when it can', async () => {
      value(await store.append([edit({ bytes: [1], unsaved: true })]));
      place.breakDisk(true);
      const big = edit({ bytes: new Uint8Array(1_000_000), unsaved: true });
      const refused = await store.append([edit({ bytes: [2], unsaved: true }), big]);
      expect(refused.ok).toBe(false);
      place.breakDisk(false);
      expect((await load(store, CATALOGUE)).unsaved.map(({ bytes }) => bytes)).toEqual([[1]]);
      expect(value(await store.append([edit({ bytes: [3], unsaved: true })]))).toEqual([
        { kind: 'unsaved', n: 2 },
      ]);
    });

    it('[R3] an unsaved edit keeps its command and its writes beside its bytes', async () => {
      const command = { type: 'remove-stream', id: 'späti "1"\u0000', nested: [null, true, 1.5] };
      const writes = [{ root: 'streams', field: 'title', value: 'x' }];
      value(await store.append([edit({ bytes: [7], unsaved: true, command, writes, atMs: 5 })]));
      await reopen();
      expect(value(await store.unsaved(CATALOGUE))).toEqual([
        { n: 1, bytes: expect.anything() as unknown, command, writes, atMs: 5 },
      ]);
    });

    it('[R4] what the server saved moves to the log; what comes after stays unsaved', async () => {
      value(await store.append([1, 2, 3].map((byte) => edit({ bytes: [byte], unsaved: true }))));
      value(await store.append([edit({ document: WALL, bytes: [9], unsaved: true })]));
      expect(value(await store.markSaved(CATALOGUE, 2))).toBe(2);
      expect(value(await store.markSaved(CATALOGUE, 2))).toBe(0);
      await reopen();
      const stored = await load(store, CATALOGUE);
      expect(stored.updates).toEqual([[1], [2]]);
      expect(stored.unsaved.map(({ n, bytes }) => [n, ...bytes])).toEqual([[3, 3]]);
      expect((await load(store, WALL)).unsaved).toHaveLength(1);
    });

    it('[R5] numbers are never given twice, whatever became of the edits', async () => {
      const add = async () => value(await store.append([edit({ bytes: [1], unsaved: true })]))[0];
      expect(await add()).toEqual({ kind: 'unsaved', n: 1 });
      value(await store.markSaved(CATALOGUE, 1));
      await reopen();
      expect(await add()).toEqual({ kind: 'unsaved', n: 2 });
      const refused = [{ n: 2, reason: 'no' }];
      value(await store.replaceUnsaved(CATALOGUE, { refused, edits: [], atMs: 9 }));
      value(await store.dismissRefused(CATALOGUE, 2));
      await reopen();
      expect(await add()).toEqual({ kind: 'unsaved', n: 3 });
      await store.compact(CATALOGUE);
      expect(value(await store.append([edit({ bytes: [1] })]))).toEqual([{ kind: 'logged', position: 2 }]);
    });

    it('[R6] a refused edit is kept aside with its reason, readable, until it is dismissed', async () => {
      const command = { type: 'mute-all' };
      value(
        await store.append([
          edit({ bytes: [1], unsaved: true, command }),
          edit({ bytes: [2], unsaved: true }),
        ]),
      );
      const again = edit({ bytes: [3], unsaved: true });
      const sequences = value(
        await store.replaceUnsaved(CATALOGUE, {
          refused: [{ n: 1, reason: 'forbidden' }],
          edits: [again],
          atMs: 77,
        }),
      );
      expect(sequences).toEqual([{ kind: 'unsaved', n: 3 }]);
      await reopen();
      expect((await load(store, CATALOGUE)).unsaved.map(({ n, bytes }) => [n, ...bytes])).toEqual([[3, 3]]);
      const [kept, ...more] = value(await store.refused());
      expect(more).toEqual([]);
      expect(kept).toMatchObject({
        document: CATALOGUE,
        n: 1,
        command,
        reason: 'forbidden',
        refusedAtMs: 77,
      });
      value(await store.dismissRefused(CATALOGUE, 1));
      expect(value(await store.refused())).toEqual([]);
    });

    it('settings are kept, replaced and removed', async () => {
      expect(value(await store.getSetting('replica'))).toBeUndefined();
      value(await store.setSetting('replica', 'abcd1234'));
      value(await store.setSetting('store', 'x'));
      value(await store.setSetting('store', undefined));
      await reopen();
      expect(value(await store.getSetting('replica'))).toBe('abcd1234');
      expect(value(await store.getSetting('store'))).toBeUndefined();
      value(await store.setSetting('store', 'y'));
      expect(value(await store.getSetting('store'))).toBe('y');
    });

    it('[R7] compaction changes nothing that a reader sees', async () => {
      const written = writeDocument(() => store);
      for (let round = 0; round < 4; round += 1) {
        await written.type(20);
        const { logEdits } = value(await store.measure(CATALOGUE));
        expect(logEdits).toBe(20);
        expect(await store.compact(CATALOGUE)).toMatchObject({ kind: 'compacted', edits: 20, waiting: 0 });
        expect(value(await store.measure(CATALOGUE))).toMatchObject({ logEdits: 0, logBytes: 0 });
        expect(await readDocument(store)).toBe(written.text());
        await reopen();
        expect(await readDocument(store)).toBe(written.text());
      }
      expect(await store.compact(CATALOGUE)).toEqual({ kind: 'skipped', why: 'nothing-new' });
      expect(await store.compact('wall:none')).toEqual({ kind: 'skipped', why: 'nothing-new' });
    });

    it('[R7] what is appended while a compaction runs is kept', async () => {
      const written = writeDocument(() => store);
      await written.type(50);
      const running = store.compact(CATALOGUE);
      await written.type(50);
      expect((await running).kind).toBe('compacted');
      expect(await readDocument(store)).toBe(written.text());
    });

    it('[R8] unsaved edits stay apart from a snapshot, so that a refusal can still leave them out', async () => {
      const written = writeDocument(() => store);
      await written.type(10);
      value(await store.append([edit({ bytes: [0, 0], unsaved: true })]));
      await store.compact(CATALOGUE);
      expect((await load(store, CATALOGUE)).unsaved).toHaveLength(1);
      expect(value(await store.unsaved(CATALOGUE))).toHaveLength(1);
    });

    it('[R9] an edit that needs one which is not here is kept through compactions, and shows once that comes', async () => {
      const updates = typedUpdates(['a', 'b', 'c', 'd']);
      const [first, missing, ...later] = updates.map((bytes) => edit({ bytes }));
      value(await store.append([first, ...later].filter((one) => one !== undefined)));
      expect(await store.compact(CATALOGUE)).toMatchObject({ kind: 'compacted', edits: 1, waiting: 2 });
      expect(await store.compact(CATALOGUE)).toEqual({ kind: 'skipped', why: 'nothing-new' });
      expect(await readDocument(store)).toBe('a');
      await reopen();
      value(await store.append([missing].filter((one) => one !== undefined)));
      expect(await readDocument(store)).toBe('abcd');
      expect(await store.compact(CATALOGUE)).toMatchObject({ kind: 'compacted', waiting: 0 });
      expect(await readDocument(store)).toBe('abcd');
    });

    it('[R9] bytes that cannot be read are kept, and keep nothing else from being compacted', async () => {
      const [first, second] = typedUpdates(['a', 'b']).map((bytes) => edit({ bytes }));
      const strange = edit({ bytes: [255, 255, 255] });
      value(await store.append([first, strange, second].filter((one) => one !== undefined)));
      expect(await store.compact(CATALOGUE)).toMatchObject({ kind: 'compacted', edits: 2, waiting: 1 });
      expect((await load(store, CATALOGUE)).updates).toEqual([[255, 255, 255]]);
    });

    it('a closed store answers so, to every call', async () => {
      await store.close();
      expect(await store.append([edit({ bytes: [1] })])).toMatchObject({
        ok: false,
        error: { reason: 'closed' },
      });
      expect(await store.load(CATALOGUE)).toMatchObject({ ok: false, error: { reason: 'closed' } });
      expect(await store.compact(CATALOGUE)).toEqual({ kind: 'skipped', why: 'closed' });
    });
  });
}

type EditParts = Partial<Omit<NewEdit, 'bytes'>> & { readonly bytes: Uint8Array | readonly number[] };

function edit({ bytes, ...rest }: EditParts): NewEdit {
  return { document: CATALOGUE, unsaved: false, atMs: 1, ...rest, bytes: Uint8Array.from(bytes) };
}

function value<T>(result: Result<T, StoreFailure>): T {
  if (!result.ok) throw new Error(`the store answered ${result.error.reason}: ${result.error.words}`);
  return result.value;
}

/** A stored document with its bytes as plain arrays. */
async function load(store: ReplicaStore, document: DocumentName) {
  const stored = value(await store.load(document));
  return {
    updates: stored.updates.map((bytes) => [...bytes]),
    unsaved: stored.unsaved.map(({ n, bytes }) => ({ n, bytes: [...bytes] })),
  };
}

/** The updates of somebody who types words one after the other, each building on the one before. */
function typedUpdates(words: readonly string[]): Uint8Array[] {
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  for (const word of words) doc.getText('text').insert(doc.getText('text').length, word);
  return updates;
}

function writeDocument(store: () => ReplicaStore) {
  const doc = new Y.Doc();
  const text = doc.getText('text');
  return {
    text: () => text.toJSON(),
    type: async (edits: number) => {
      for (let count = 0; count < edits; count += 1) {
        const before = Y.encodeStateVector(doc);
        if (count % 5 === 4) text.delete(0, 3);
        else text.insert(text.length, `word${count} `);
        value(await store().append([edit({ bytes: Y.encodeStateAsUpdate(doc, before) })]));
      }
    },
  };
}

async function readDocument(store: ReplicaStore): Promise<string> {
  const { snapshot, updates, unsaved } = value(await store.load(CATALOGUE));
  const doc = new Y.Doc();
  if (snapshot !== null) Y.applyUpdateV2(doc, snapshot);
  for (const update of [...updates, ...unsaved.map(({ bytes }) => bytes)]) Y.applyUpdate(doc, update);
  return doc.getText('text').toJSON();
}
