import fc from 'fast-check';
import * as encoding from 'lib0/encoding';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { CATALOGUE_ROOTS, WALL_ROOTS } from '#shared/document/document-shape.ts';
import { authorizeUpdate, type WritePolicy } from './authorize-update.ts';

const everything = (roots: WritePolicy['roots']): WritePolicy => ({
  roots,
  writable: new Set(Object.keys(roots)),
  maxUpdateBytes: 1_000_000,
});
const wall = everything(WALL_ROOTS);
const only = (...names: string[]): WritePolicy => ({ ...wall, writable: new Set(names) });

const copyOf = (doc: Y.Doc): Y.Doc => {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  return copy;
};

/** What a client sends for an edit made to its own copy of a document. */
function editOf(doc: Y.Doc, edit: (doc: Y.Doc) => void): Uint8Array {
  const copy = copyOf(doc);
  const updates: Uint8Array[] = [];
  copy.on('update', (update: Uint8Array) => updates.push(update));
  copy.transact(() => edit(copy));
  const [update] = updates;
  if (update === undefined) throw new Error('the edit changed nothing');
  return update;
}

const put =
  (root: string, generation: string, record: string, fields: Record<string, unknown>) => (doc: Y.Doc) => {
    const records = doc.getMap(root);
    if (!records.has(generation)) records.set(generation, new Y.Map());
    const map = new Y.Map(Object.entries(fields));
    (records.get(generation) as Y.Map<unknown>).set(record, map);
  };

function seeded(): Y.Doc {
  const doc = new Y.Doc();
  put('tiles', 'day#one', 'tile', { stream: 'abc' })(doc);
  doc.getMap('settings').set('name', 'Wall');
  doc.getMap('safety').set('blur:tile:1', { by: 'desk' });
  return doc;
}

const record = (doc: Y.Doc, root: string, generation: string, id: string) =>
  (doc.getMap(root).get(generation) as Y.Map<Y.Map<unknown>>).get(id) as Y.Map<unknown>;

/** An update written by hand: structs of one client each, then a delete set. */
function forge(
  sections: { client: number; clock: number; items: ((e: encoding.Encoder) => void)[] }[],
  stated?: number,
) {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, sections.length);
  for (const { client, clock, items } of sections) {
    encoding.writeVarUint(encoder, stated ?? items.length);
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, clock);
    for (const item of items) item(encoder);
  }
  encoding.writeVarUint(encoder, 0);
  return encoding.toUint8Array(encoder);
}

const ANY = 8;
const rootValue =
  (root: string, key: string | null, value: encoding.AnyEncodable) => (encoder: encoding.Encoder) => {
    encoding.writeUint8(encoder, ANY | (key === null ? 0 : 32));
    encoding.writeVarUint(encoder, 1);
    encoding.writeVarString(encoder, root);
    if (key !== null) encoding.writeVarString(encoder, key);
    encoding.writeVarUint(encoder, 1);
    encoding.writeAny(encoder, value);
  };
const after = (client: number, clock: number) => (encoder: encoding.Encoder) => {
  encoding.writeUint8(encoder, ANY | 128);
  encoding.writeVarUint(encoder, client);
  encoding.writeVarUint(encoder, clock);
  encoding.writeVarUint(encoder, 1);
  encoding.writeAny(encoder, 'forged');
};

describe('which roots an update touches', () => {
  it.each([
    ['a new record', put('tiles', 'day#two', 'other', { stream: 'x' }), 'tiles'],
    [
      'a field of a record',
      (doc: Y.Doc) => record(doc, 'tiles', 'day#one', 'tile').set('stream', 'new'),
      'tiles',
    ],
    [
      'a removed record',
      (doc: Y.Doc) => (doc.getMap('tiles').get('day#one') as Y.Map<unknown>).delete('tile'),
      'tiles',
    ],
    ['a retired generation', (doc: Y.Doc) => doc.getMap('tiles').delete('day#one'), 'tiles'],
    ['a deleted flat key', (doc: Y.Doc) => doc.getMap('safety').delete('blur:tile:1'), 'safety'],
    ['an overwritten flat key', (doc: Y.Doc) => doc.getMap('settings').set('name', 'Other'), 'settings'],
  ])('%s', (_, edit, root) => {
    const doc = seeded();
    const update = editOf(doc, edit);
    expect(authorizeUpdate(doc, update, wall)).toMatchObject({ ok: true, value: { roots: new Set([root]) } });
    expect(authorizeUpdate(doc, update, only(root))).toMatchObject({ ok: true });
    const others = Object.keys(WALL_ROOTS).filter((name) => name !== root);
    expect(authorizeUpdate(doc, update, only(...others))).toEqual({
      ok: false,
      error: { reason: 'forbidden-root', root },
    });
  });

  it('two roots in one update need authority for both', () => {
    const doc = seeded();
    const update = editOf(doc, (copy) => {
      copy.getMap('safety').set('censor:1', { by: 'monitor' });
      copy.getMap('audio').set('heard', 'tile');
    });
    expect(authorizeUpdate(doc, update, only('safety'))).toEqual({
      ok: false,
      error: { reason: 'forbidden-root', root: 'audio' },
    });
    expect(authorizeUpdate(doc, update, only('safety', 'audio')).ok).toBe(true);
  });

  it('an edit made against an older state is judged by where it ends up', () => {
    const doc = seeded();
    const old = copyOf(doc);
    record(doc, 'tiles', 'day#one', 'tile').set('stream', 'meanwhile');
    const update = editOf(old, (copy) => record(copy, 'tiles', 'day#one', 'tile').set('stream', 'late'));
    expect(authorizeUpdate(doc, update, only('safety'))).toMatchObject({
      error: { reason: 'forbidden-root', root: 'tiles' },
    });
  });

  it('an edit inside a removed record touches nothing', () => {
    const doc = seeded();
    const old = copyOf(doc);
    (doc.getMap('tiles').get('day#one') as Y.Map<unknown>).delete('tile');
    const update = editOf(old, (copy) => record(copy, 'tiles', 'day#one', 'tile').set('stream', 'late'));
    expect(authorizeUpdate(doc, update, only('safety'))).toMatchObject({
      ok: true,
      value: { roots: new Set() },
    });
    expect(() => Y.applyUpdate(doc, update)).not.toThrow();
  });

  it('[S12] who may write nothing cannot add what becomes nothing either', () => {
    const doc = seeded();
    const old = copyOf(doc);
    (doc.getMap('tiles').get('day#one') as Y.Map<unknown>).delete('tile');
    const inside = editOf(old, (copy) => record(copy, 'tiles', 'day#one', 'tile').set('stream', 'late'));
    const clock = Y.getState(doc.store, doc.clientID);
    const emptied = (encoder: encoding.Encoder): void => {
      encoding.writeUint8(encoder, 0);
      encoding.writeVarUint(encoder, 90);
    };
    const behind = forge([{ client: doc.clientID, clock, items: [emptied] }]);
    for (const update of [inside, behind]) {
      expect(authorizeUpdate(doc, update, wall).ok).toBe(true);
      expect(authorizeUpdate(doc, update, only())).toEqual({
        ok: false,
        error: { reason: 'forbidden-root' },
      });
    }
  });

  it('sending again what is known needs no authority', () => {
    const doc = seeded();
    expect(authorizeUpdate(doc, Y.encodeStateAsUpdate(doc), only())).toMatchObject({
      ok: true,
      value: { roots: new Set(), newClocks: new Map() },
    });
  });

  it('a whole document can be brought to an empty one', () => {
    const doc = seeded();
    doc.getMap('tiles').delete('day#one');
    const update = Y.encodeStateAsUpdate(doc);
    expect(authorizeUpdate(new Y.Doc(), update, wall).ok).toBe(true);
    expect(authorizeUpdate(new Y.Doc(), update, only('safety')).ok).toBe(false);
  });

  it('what was overwritten often goes on where the part of it that is known ends', () => {
    const desk = new Y.Doc();
    const overwrite = (times: number) => {
      for (let i = 0; i < times; i++) desk.getMap('settings').set('name', i);
    };
    overwrite(3);
    const doc = new Y.Doc();
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(desk));
    overwrite(5);
    const update = Y.encodeStateAsUpdate(desk);
    expect(Y.decodeUpdate(update).structs.map(({ length }) => length)).toEqual([7, 1]);
    expect(authorizeUpdate(doc, update, wall)).toMatchObject({ ok: true });
    Y.applyUpdate(doc, update);
    expect(doc.getMap('settings').toJSON()).toEqual({ name: 4 });
  });

  it('says which clocks of whom are new', () => {
    const doc = seeded();
    const update = editOf(doc, (copy) => copy.getMap('settings').set('name', 'Other'));
    const result = authorizeUpdate(doc, update, wall);
    expect(result.ok && [...result.value.newClocks.values()]).toEqual([{ from: 0, to: 1 }]);
  });
});

describe('what is refused whoever sends it', () => {
  const refused = (update: Uint8Array, reason: string, doc = seeded(), policy = wall) => {
    const before = Y.encodeStateAsUpdate(doc);
    expect(authorizeUpdate(doc, update, policy)).toMatchObject({ ok: false, error: { reason } });
    expect(Y.encodeStateAsUpdate(doc)).toEqual(before);
    expect([...doc.share.keys()].every((key) => Object.hasOwn(policy.roots, key))).toBe(true);
  };

  it('an unknown root', () =>
    refused(
      editOf(seeded(), (doc) => doc.getMap('other').set('a', 1)),
      'unknown-root',
    ));
  it('a root named like a member of every object', () =>
    refused(forge([{ client: 9, clock: 0, items: [rootValue('__proto__', 'a', 1)] }]), 'unknown-root'));
  it('an item without a key', () =>
    refused(
      editOf(seeded(), (doc) => doc.getArray('tiles').push([1])),
      'foreign-content',
    ));
  it('text', () =>
    refused(
      editOf(seeded(), (doc) => doc.getText('settings').insert(0, 'x')),
      'foreign-content',
    ));
  it('bytes', () =>
    refused(
      editOf(seeded(), (doc) => doc.getMap('settings').set('a', new Uint8Array(3))),
      'foreign-content',
    ));
  it('an array type under a key', () =>
    refused(
      editOf(seeded(), (doc) => doc.getMap('tiles').set('g', new Y.Array())),
      'foreign-content',
    ));
  it('a map in a flat root', () =>
    refused(
      editOf(seeded(), (doc) => doc.getMap('settings').set('a', new Y.Map())),
      'foreign-content',
    ));
  it('a plain value where a generation belongs', () =>
    refused(
      editOf(seeded(), (doc) => doc.getMap('tiles').set('g', 1)),
      'foreign-content',
    ));
  it('a map inside a record', () => {
    const doc = seeded();
    const update = editOf(doc, (copy) => record(copy, 'tiles', 'day#one', 'tile').set('deep', new Y.Map()));
    refused(update, 'foreign-content', doc);
  });
  it('a forged copy of what is known, with a root or a reference that is not there', () => {
    const doc = seeded();
    const client = doc.clientID;
    refused(forge([{ client, clock: 0, items: [rootValue('other', 'a', 1)] }]), 'unknown-root', doc);
    refused(forge([{ client, clock: 0, items: [after(77, 3)] }]), 'missing-dependency', doc);
    refused(forge([{ client, clock: 0, items: [after(client, 900)] }]), 'missing-dependency', doc);
  });
  it('a subdocument', () =>
    refused(
      editOf(seeded(), (doc) => doc.getMap('settings').set('a', new Y.Doc())),
      'foreign-content',
    ));
  it('a value nested a hundred thousand deep', () => {
    const deep = (encoder: encoding.Encoder) => {
      encoding.writeUint8(encoder, ANY | 32);
      encoding.writeVarUint(encoder, 1);
      encoding.writeVarString(encoder, 'settings');
      encoding.writeVarString(encoder, 'a');
      encoding.writeVarUint(encoder, 1);
      for (let i = 0; i < 100_000; i++) {
        encoding.writeUint8(encoder, 117);
        encoding.writeVarUint(encoder, 1);
      }
      encoding.writeUint8(encoder, 126);
    };
    refused(forge([{ client: 9, clock: 0, items: [deep] }]), 'malformed');
  });
  it('a gap in a client’s clocks', () =>
    refused(forge([{ client: 9, clock: 5, items: [rootValue('settings', 'a', 1)] }]), 'missing-dependency'));
  it('a reference to what is not there', () =>
    refused(forge([{ client: 9, clock: 0, items: [after(77, 3)] }]), 'missing-dependency'));
  it('a reference to its own later clock', () =>
    refused(forge([{ client: 9, clock: 0, items: [after(9, 1), rootValue('settings', 'a', 1)] }]), 'cyclic'));
  it('[S12] the rest of an item that began where something was emptied, or elsewhere', () => {
    const removed = (root: string, key: string, length: number) => (encoder: encoding.Encoder) => {
      encoding.writeUint8(encoder, 1 | 32);
      encoding.writeVarUint(encoder, 1);
      encoding.writeVarString(encoder, root);
      encoding.writeVarString(encoder, key);
      encoding.writeVarUint(encoder, length);
    };
    const emptied = (encoder: encoding.Encoder) => {
      encoding.writeUint8(encoder, 0);
      encoding.writeVarUint(encoder, 2);
    };
    const grown = forge([{ client: 9, clock: 0, items: [removed('settings', 'a', 5)] }]);
    for (const begun of [emptied, removed('safety', 'a', 2), removed('settings', 'b', 2)]) {
      const doc = seeded();
      Y.applyUpdate(doc, forge([{ client: 9, clock: 0, items: [begun] }]));
      refused(grown, 'malformed', doc);
    }
  });
  it('two that wait for each other', () =>
    refused(
      forge([
        { client: 9, clock: 0, items: [after(8, 0)] },
        { client: 8, clock: 0, items: [after(9, 0)] },
      ]),
      'cyclic',
    ));
  it('a deletion of what nobody has written yet', () => {
    const encoder = encoding.createEncoder();
    for (const number of [0, 1, 9, 1, 0, 50]) encoding.writeVarUint(encoder, number);
    refused(encoding.toUint8Array(encoder), 'future-deletion');
  });
  it('a deletion of nothing, which Yjs would keep as pending', () => {
    const encoder = encoding.createEncoder();
    for (const number of [0, 1, 9, 1, 0, 0]) encoding.writeVarUint(encoder, number);
    refused(encoding.toUint8Array(encoder), 'malformed');
  });
  it('a count of structs that would be allocated before it is read', () =>
    refused(forge([{ client: 9, clock: 0, items: [] }], 2 ** 31), 'malformed'));
  it('two sections of one client, of which Yjs would drop the first', () =>
    refused(
      forge([
        { client: 9, clock: 0, items: [rootValue('settings', 'a', 1)] },
        { client: 9, clock: 1, items: [rootValue('settings', 'b', 1)] },
      ]),
      'malformed',
    ));
  it('bytes after the end', () => {
    const update = editOf(seeded(), (doc) => doc.getMap('settings').set('a', 1));
    refused(new Uint8Array([...update, 0]), 'malformed');
  });
  it('more bytes than allowed', () =>
    refused(
      editOf(seeded(), (doc) => doc.getMap('settings').set('a', 'x'.repeat(2000))),
      'too-large',
      seeded(),
      {
        ...wall,
        maxUpdateBytes: 1000,
      },
    ));
});

describe('hostile and honest updates at random', () => {
  const seed = Number(process.env['STREAMWALL_SEED'] ?? Date.now()) | 0;
  const runs = process.env['STREAMWALL_LONG'] === '1' ? 100_000 : 2_000;

  it(`whatever passes can be applied whole (seed ${seed})`, () => {
    const base = seeded();
    const updates = [
      editOf(base, put('scenes', 'day#two', 's', { name: 'Night' })),
      editOf(base, (doc) => record(doc, 'tiles', 'day#one', 'tile').set('stream', 'z')),
      editOf(base, (doc) => doc.getMap('tiles').delete('day#one')),
      Y.encodeStateAsUpdate(base),
    ];
    const mutated = fc
      .tuple(fc.constantFrom(...updates), fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { maxLength: 6 }))
      .map(([update, changes]) => {
        const bytes = update.slice();
        for (const [at, value] of changes) bytes[at % bytes.length] = value;
        return bytes;
      });
    fc.assert(
      fc.property(mutated, (bytes) => {
        const doc = copyOf(base);
        const touched = new Set<string>();
        doc.on('afterTransaction', (transaction: Y.Transaction) => {
          for (const type of transaction.changedParentTypes.keys())
            if (type._item === null) touched.add(Y.findRootTypeKey(type));
        });
        const result = authorizeUpdate(doc, bytes, wall);
        if (!result.ok) return;
        Y.applyUpdate(doc, bytes);
        expect(doc.store.pendingStructs).toBeNull();
        expect(doc.store.pendingDs).toBeNull();
        for (const root of touched) expect(result.value.roots).toContain(root);
      }),
      { seed, numRuns: runs },
    );
  }, 300_000);

  it(`every edit of an honest catalogue client passes (seed ${seed})`, () => {
    const roots = ['streams', 'streamers', 'ignore'] as const;
    const step = fc.record({
      root: fc.constantFrom(...roots),
      generation: fc.constantFrom('1#a', '2#b'),
      id: fc.constantFrom('x', 'y', 'z'),
      act: fc.constantFrom('put', 'edit', 'remove', 'retire'),
      client: fc.nat(2),
      sync: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const server = new Y.Doc();
        const clients = [new Y.Doc(), new Y.Doc(), new Y.Doc()];
        for (const { root, generation, id, act, client, sync } of steps) {
          const doc = clients[client] as Y.Doc;
          doc.transact(() => {
            const map = doc.getMap(root);
            const records = map.get(generation);
            if (act === 'put') put(root, generation, id, { title: id, tags: ['a', 'b'] })(doc);
            else if (act === 'retire') map.delete(generation);
            else if (records instanceof Y.Map && records.has(id)) {
              if (act === 'remove') records.delete(id);
              else (records.get(id) as Y.Map<unknown>).set('title', 'edited');
            }
          });
          if (!sync) continue;
          const update = Y.encodeStateAsUpdate(doc, Y.encodeStateVector(server));
          expect(authorizeUpdate(server, update, everything(CATALOGUE_ROOTS))).toMatchObject({ ok: true });
          Y.applyUpdate(server, update);
          expect(server.store.pendingStructs).toBeNull();
          Y.applyUpdate(doc, Y.encodeStateAsUpdate(server, Y.encodeStateVector(doc)));
        }
      }),
      { seed, numRuns: runs / 10 },
    );
  });
});
