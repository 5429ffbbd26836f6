import * as encoding from 'lib0/encoding';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { CATALOGUE_ROOTS, WALL_ROOTS, type RootShape } from '#shared/document/document-shape.ts';
import type { Role } from '#shared/model/role.ts';
import type { Grant } from './accounts/access.ts';
import type { SyncServer } from './create-sync-server.ts';
import { readDocumentName, type ServedDocument } from './documents/document-name.ts';
import { loadRoomDocument } from './documents/room-document.ts';
import { openHand, type Hand } from './gateway/test-hand.ts';
import { createTestTeam, type TestTeam } from './test-team.ts';

/** The table "Roles" of ARCHITECTURE.md, written out by hand; a `-` cannot even read. */
const PEOPLE = { catalogue: Object.keys(CATALOGUE_ROOTS), wall: Object.keys(WALL_ROOTS) };
const WORLD = ['streams', 'streamers', 'events', 'locations'];
type Rights = readonly string[] | '-';
const TABLE: readonly (readonly [Role, readonly Grant[], { catalogue: Rights; wall: Rights }])[] = [
  ['admin', [], PEOPLE],
  ['operator', [], PEOPLE],
  ['monitor', [], { catalogue: [], wall: ['safety'] }],
  ['viewer', [], { catalogue: [], wall: [] }],
  ['service', [], { catalogue: WORLD, wall: '-' }],
  ['service', ['ignore'], { catalogue: [...WORLD, 'ignore'], wall: '-' }],
  ['service', ['walls'], { catalogue: WORLD, wall: [] }],
  ['service', ['audio'], { catalogue: WORLD, wall: ['audio'] }],
];
const DOCUMENTS = ['catalogue', 'wall:main'].map((name) => readDocumentName(name) as ServedDocument);

let team: TestTeam;
let server: SyncServer;
/** What the document ought to be: what an admin seeded, and what was permitted since. */
let model: Y.Doc;
let admin: Hand;
beforeEach(async () => {
  team = createTestTeam();
  server = await team.start();
  model = new Y.Doc();
});
afterEach(() => team.end());

async function openAs(role: Role, grants: readonly Grant[], { name }: ServedDocument): Promise<Hand> {
  const hand = await openHand(server.url, name, await team.key(role, grants));
  team.onEnd(hand.end);
  return hand;
}

/** What a client that holds `state` sends for one edit of its own; each edit is under a Yjs client id of its own. */
function editOf(state: Uint8Array, edit: (doc: Y.Doc) => void, client?: number): Uint8Array {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, state);
  if (client !== undefined) doc.clientID = client;
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  doc.transact(() => edit(doc));
  doc.destroy();
  const [update] = updates;
  if (update === undefined) throw new Error('the edit changed nothing');
  return update;
}

const now = (): Uint8Array => Y.encodeStateAsUpdate(model);
type Edit = (doc: Y.Doc) => void;
const generation = (doc: Y.Doc, root: string): Y.Map<unknown> =>
  doc.getMap(root).get('gen#seed') as Y.Map<unknown>;
const recordIn = (doc: Y.Doc, root: string): Y.Map<unknown> =>
  generation(doc, root).get('record') as Y.Map<unknown>;

/** Everything that can be done to a root that holds plain values, or records. */
const FLAT: Record<string, (root: string) => Edit> = {
  add: (root) => (doc) => void doc.getMap(root).set(`new ${String(Math.random())}`, 1),
  change: (root) => (doc) => void doc.getMap(root).set('key', Math.random()),
  delete: (root) => (doc) => void doc.getMap(root).delete('key'),
};
const RECORDS: Record<string, (root: string) => Edit> = {
  'add a generation': (root) => (doc) =>
    void doc.getMap(root).set(`new ${String(Math.random())}`, new Y.Map([['r', new Y.Map([['f', 1]])]])),
  'add a record': (root) => (doc) =>
    void generation(doc, root).set(`new ${String(Math.random())}`, new Y.Map([['f', 1]])),
  'add a field': (root) => (doc) => void recordIn(doc, root).set(`new ${String(Math.random())}`, 1),
  'change a field': (root) => (doc) => void recordIn(doc, root).set('field', Math.random()),
  'leave word of a removal': (root) => (doc) =>
    void generation(doc, root).set('x:other', { at: Math.random() }),
  'delete a field': (root) => (doc) => void recordIn(doc, root).delete('field'),
  'delete a record': (root) => (doc) => void generation(doc, root).delete('record'),
  'delete a generation': (root) => (doc) => void doc.getMap(root).delete('gen#seed'),
};
const actsOn = (shape: RootShape) => Object.entries(shape === 'flat' ? FLAT : RECORDS);

/** Puts back what an act may have taken away. */
async function seed(root: string, shape: RootShape): Promise<void> {
  const update = editOf(now(), (doc) => {
    const map = doc.getMap(root);
    if (shape === 'flat') map.set('key', Math.random());
    else map.set('gen#seed', new Y.Map([['record', new Y.Map([['field', 'seed']])]]));
  });
  expect(await admin.edit(update)).toBe('saved');
  Y.applyUpdate(model, update);
}

async function attempt(hand: Hand, update: Uint8Array, isPermitted: boolean): Promise<void> {
  expect(await hand.edit(update)).toBe(isPermitted ? 'saved' : 'refused forbidden-root');
  if (isPermitted) Y.applyUpdate(model, update);
}

async function expectStoredAsModel(served: ServedDocument): Promise<void> {
  const stored = await loadRoomDocument(served, team.store.log);
  for (const root of Object.keys(served.roots)) {
    model.getMap(root);
    stored.doc.getMap(root);
  }
  expect(stored.doc.toJSON()).toEqual(model.toJSON());
}

describe('authority, role by root by act', () => {
  const cases = TABLE.flatMap(([role, grants, rights]) =>
    DOCUMENTS.map((served) => ({ role, grants, served, may: rights[served.kind] })),
  );

  it.each(cases)('[S12] $role $grants in the $served.kind', async ({ role, grants, served, may }) => {
    const hand = await openAs(role, grants, served);
    if (may === '-') {
      expect(await hand.edit(editOf(now(), (doc) => doc.getMap('meta').set('a', 1)))).toBe(
        'closed 4403 may-not-read',
      );
      return;
    }
    admin = await openAs('admin', [], served);
    for (const [root, shape] of Object.entries(served.roots)) {
      for (const [, act] of actsOn(shape)) {
        await seed(root, shape);
        const stale = now();
        await attempt(hand, editOf(stale, act(root)), may.includes(root));
      }
    }
    await expectStoredAsModel(served);
  });

  it.each(cases.filter(({ may }) => may !== '-'))(
    '[S12] $role $grants in the $served.kind, against a state that is gone, and in two roots at once',
    async ({ role, grants, served, may }) => {
      const hand = await openAs(role, grants, served);
      admin = await openAs('admin', [], served);
      const roots = Object.entries(served.roots);
      for (const [root, shape] of roots) await seed(root, shape);
      for (const [root, shape] of roots) {
        const stale = now();
        const change = Object.values(shape === 'flat' ? FLAT : RECORDS)[shape === 'flat' ? 1 : 3];
        if (change === undefined) throw new Error('no such act');
        // Somebody else changed the very same thing meanwhile.
        const meanwhile = editOf(stale, change(root));
        expect(await admin.edit(meanwhile)).toBe('saved');
        Y.applyUpdate(model, meanwhile);
        await attempt(hand, editOf(stale, change(root)), may.includes(root));
        for (const [other, otherShape] of roots) {
          if (other === root) continue;
          const acts = [actsOn(shape)[0]?.[1](root), actsOn(otherShape).at(-1)?.[1](other)];
          const both = editOf(now(), (doc) => {
            for (const act of acts) act?.(doc);
          });
          await attempt(hand, both, may.includes(root) && may.includes(other));
          if (may.includes(root) && may.includes(other)) await seed(other, otherShape);
        }
      }
      await expectStoredAsModel(served);
    },
  );
});

describe('what nobody may, admins included', () => {
  const ANY = 8;
  const forge = (sections: { client: number; clock: number; write: (e: encoding.Encoder) => void }[]) => {
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, sections.length);
    for (const { client, clock, write } of sections) {
      for (const number of [1, client, clock]) encoding.writeVarUint(encoder, number);
      write(encoder);
    }
    encoding.writeVarUint(encoder, 0);
    return encoding.toUint8Array(encoder);
  };
  const after = (client: number, clock: number) => (encoder: encoding.Encoder) => {
    encoding.writeUint8(encoder, ANY | 128);
    for (const number of [client, clock, 1]) encoding.writeVarUint(encoder, number);
    encoding.writeAny(encoder, 'forged');
  };
  const deletionOf = (client: number, clock: number, length: number): Uint8Array => {
    const encoder = encoding.createEncoder();
    for (const number of [0, 1, client, 1, clock, length]) encoding.writeVarUint(encoder, number);
    return encoding.toUint8Array(encoder);
  };
  const wall = DOCUMENTS[1] as ServedDocument;
  const hostile = (victim: number): [string, Uint8Array, string][] => [
    ['an unknown root', editOf(now(), (doc) => doc.getMap('other').set('a', 1)), 'refused unknown-root'],
    ['a list', editOf(now(), (doc) => doc.getArray('settings').push([1])), 'refused foreign-content'],
    ['a text', editOf(now(), (doc) => doc.getText('tiles').insert(0, 'x')), 'refused foreign-content'],
    [
      'a cycle',
      forge([
        { client: 9, clock: 0, write: after(8, 0) },
        { client: 8, clock: 0, write: after(9, 0) },
      ]),
      'refused cyclic',
    ],
    ['a deletion of what a victim has yet to write', deletionOf(victim, 1, 50), 'refused future-deletion'],
    [
      'what builds on nothing',
      forge([{ client: 19, clock: 0, write: after(77, 3) }]),
      'held missing-dependency',
    ],
    [
      'clocks that were skipped',
      forge([{ client: 29, clock: 5, write: after(victim, 0) }]),
      'held missing-dependency',
    ],
    ['noise', Uint8Array.of(7, 7, 7, 7), 'refused malformed'],
  ];

  it.each(['admin', 'operator', 'monitor'] as const)('[S12] %s', async (role) => {
    admin = await openAs('admin', [], wall);
    const victim = 4_242;
    const first = editOf(now(), (doc) => doc.getMap('safety').set('censor:1', { by: 'victim' }), victim);
    expect(await admin.edit(first)).toBe('saved');
    Y.applyUpdate(model, first);
    const hand = await openAs(role, [], wall);
    for (const [what, update, answer] of hostile(victim)) {
      expect(`${what}: ${await hand.edit(update)}`).toBe(`${what}: ${answer}`);
    }
    // Under the victim's Yjs client id, where its next edit will be.
    const forged = editOf(now(), (doc) => doc.getMap('safety').set('censor:2', { by: 'victim' }), victim);
    const carries = role !== 'monitor';
    expect(await hand.edit(forged)).toBe(carries ? 'saved' : 'refused forged-author');
    if (carries) Y.applyUpdate(model, forged);
    const stored = await team.store.log.read(wall.name, 0, 10);
    expect(stored.map(({ carried }) => carried)).toEqual(carries ? [false, true] : [false]);
    await expectStoredAsModel(wall);
  });
});
