import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { MAX_FIELDS } from './limits.ts';
import { createTestDesk, meet, TEST_NOW, type TestDesk } from './test-desk.ts';

const add = (desk: TestDesk, fields: Record<string, string>, id = 'one') =>
  desk.write({ type: 'create-record', root: 'streams', id, fields });
const set = (desk: TestDesk, field: string, value: string, id = 'one') =>
  desk.write({ type: 'set-field', root: 'streams', id, field, value });
const remove = (desk: TestDesk, id = 'one') => desk.write({ type: 'remove-record', root: 'streams', id });
const see = (desk: TestDesk) => desk.values('streams', 'one');

describe('records in generations', () => {
  it('[C1] a record made on two desks at once is one, with all that either wrote', () => {
    const [a, b] = [createTestDesk('a'), createTestDesk('b')];
    add(a, { title: 'from a', city: 'Oslo' });
    add(b, { title: 'from b', source: 'Discord' });
    set(a, 'title', 'edited by a');
    meet(a, b);
    expect(see(a)).toEqual({ title: 'edited by a', city: 'Oslo', source: 'Discord' });
    expect(see(b)).toEqual(see(a));
  });

  it('[C1] no replica ever sets a shared type under a key that another can choose', () => {
    const [a, b] = [createTestDesk('a'), createTestDesk('b')];
    add(a, { title: 'a' });
    meet(a, b);
    add(b, { title: 'b' }, 'two');
    remove(b);
    add(b, { title: 'again' });
    meet(a, b);
    expect([...a.doc.getMap('streams').keys()].map((key) => key.slice(4)).sort()).toEqual([
      'aaaaaaaa',
      'bbbbbbbb',
    ]);
    expect(see(a)).toEqual({ title: 'again' });
  });

  it('[C6] of a record with too many fields every replica shows the same ones, in whatever order they came', () => {
    const [a, b, c] = [createTestDesk('a'), createTestDesk('b'), createTestDesk('c')];
    add(a, { title: 'a march' });
    meet(a, b, c);
    const flood = (desk: TestDesk, from: number) => {
      for (let n = from; n < from + MAX_FIELDS - 10; n++) set(desk, `flood-of-fields-${n}`, 'x');
    };
    flood(a, 0);
    flood(b, 10_000);
    for (const [to, ...from] of [
      [c, a, b],
      [a, b],
      [b, a],
    ] as const)
      for (const desk of from) Y.applyUpdate(to.doc, Y.encodeStateAsUpdate(desk.doc));
    expect(Object.keys(see(a) ?? {})).toHaveLength(MAX_FIELDS);
    expect(see(a)).toMatchObject({ title: 'a march' });
    expect(see(b)).toEqual(see(a));
    expect(see(c)).toEqual(see(a));
  });

  it('[C2] notes of copies that were made apart are joined, oldest first, and tags united', () => {
    const time = { nowMs: TEST_NOW };
    const [a, b] = [createTestDesk('a', time), createTestDesk('b', time)];
    b.write({
      type: 'create-record',
      root: 'streams',
      id: 'one',
      fields: { notes: 'older', tags: ['x', 'y'] },
    });
    time.nowMs += 1;
    a.write({
      type: 'create-record',
      root: 'streams',
      id: 'one',
      fields: { notes: 'newer', tags: ['y', 'z'] },
    });
    meet(a, b);
    expect(see(a)).toEqual({ notes: 'older\nnewer', tags: ['x', 'y', 'z'] });
    expect(see(b)).toEqual(see(a));
  });

  it('[C2] joined notes that somebody edits do not come back', () => {
    const [a, b] = [createTestDesk('a'), createTestDesk('b')];
    add(a, { notes: 'first' });
    add(b, { notes: 'second' });
    meet(a, b);
    set(a, 'notes', 'tidied');
    meet(a, b);
    expect(see(b)).toEqual({ notes: 'tidied' });
    b.write({ type: 'clear-field', root: 'streams', id: 'one', field: 'notes' });
    meet(a, b);
    expect(see(a)).toEqual({});
  });

  it('[C2] clearing the notes of one copy leaves those of a copy that was not seen', () => {
    const [a, b] = [createTestDesk('a'), createTestDesk('b')];
    add(a, { notes: 'mine' });
    add(b, { notes: 'theirs' });
    a.write({ type: 'clear-field', root: 'streams', id: 'one', field: 'notes' });
    meet(a, b);
    expect(see(a)).toEqual({ notes: 'theirs' });
    expect(see(b)).toEqual(see(a));
  });

  it('[C3] an edit is later than what it replaces, whatever the clocks say, also where a copy of before comes back', () => {
    const [a, b] = [createTestDesk('a', { nowMs: TEST_NOW + 86_400_000 }), createTestDesk('b')];
    add(a, { title: 'old' });
    set(a, 'title', 'by a, whose clock is ahead');
    meet(a, b);
    const before = b.record('streams', 'one')!;
    set(b, 'title', 'by b');
    b.write({ type: 'clear-field', root: 'streams', id: 'one', field: 'city' });
    b.write({ type: 'restore-record', root: 'streams', id: 'one', record: before, reborn: false });
    meet(a, b);
    expect(see(a)).toEqual({ title: 'by b' });
  });

  it('[C3] edits to different fields both survive; an edit that had seen another wins over it', () => {
    const [a, b] = [createTestDesk('a', { nowMs: TEST_NOW + 60_000 }), createTestDesk('b')];
    add(a, { title: 'old' });
    meet(a, b);
    set(a, 'title', 'by a, whose clock is ahead');
    set(b, 'city', 'Oslo');
    meet(a, b);
    set(b, 'title', 'by b, who had seen it');
    meet(a, b);
    expect(see(a)).toEqual({ title: 'by b, who had seen it', city: 'Oslo' });
  });

  it('[C3] an edit after two copies met wins on both, though its clock is behind', () => {
    const [a, b] = [createTestDesk('a', { nowMs: TEST_NOW + 86_400_000 }), createTestDesk('b')];
    add(a, { title: 'a' });
    add(b, { title: 'b' });
    meet(a, b);
    set(b, 'title', 'seen both');
    meet(a, b);
    expect(see(a)).toEqual({ title: 'seen both' });
  });

  it('[C4] a removal takes what it saw: a copy added apart lives on', () => {
    const [a, b] = [createTestDesk('a'), createTestDesk('b')];
    add(a, { title: 'a' });
    remove(a);
    add(b, { title: 'b' });
    meet(a, b);
    expect(see(a)).toEqual({ title: 'b' });
    expect(see(b)).toEqual(see(a));
  });

  it('[C4] a removed record stays removed, though somebody carried a copy of it at the same time', () => {
    const [a, b] = [createTestDesk('a'), createTestDesk('b')];
    add(a, { title: 'a' });
    meet(a, b);
    b.write({
      type: 'restore-record',
      root: 'streams',
      id: 'one',
      record: b.record('streams', 'one')!,
      reborn: false,
    });
    remove(a);
    meet(a, b);
    expect(see(a)).toBeUndefined();
    expect(see(b)).toBeUndefined();
  });

  it('[C4] what was removed can be added again by anyone, and by the remover', () => {
    for (const again of ['a', 'b']) {
      const desks = { a: createTestDesk('a'), b: createTestDesk('b') };
      add(desks.a, { title: 'first' });
      meet(desks.a, desks.b);
      remove(desks.b);
      meet(desks.a, desks.b);
      add(desks[again as 'a'], { title: 'second' });
      meet(desks.a, desks.b);
      expect(see(desks.a)).toEqual({ title: 'second' });
      expect(see(desks.b)).toEqual({ title: 'second' });
    }
  });

  it('[C4] a copy made of several lives when a removal knew only some of them', () => {
    const [a, b, c] = [createTestDesk('a'), createTestDesk('b'), createTestDesk('c')];
    add(a, { title: 'a' });
    meet(a, c);
    add(b, { title: 'b' });
    meet(a, b);
    a.write({
      type: 'restore-record',
      root: 'streams',
      id: 'one',
      record: a.record('streams', 'one')!,
      reborn: false,
    });
    remove(c);
    meet(a, b, c);
    expect(see(c)).toMatchObject({ title: 'b' });
  });

  it('[C8] says what changed, with what was there before, and nothing when it was so already', () => {
    const a = createTestDesk('a');
    add(a, { title: 'old' });
    const applied = set(a, 'title', 'new');
    expect(applied.changes).toMatchObject([
      { type: 'field', field: 'title', before: { value: 'old' }, after: { value: 'new' } },
    ]);
    expect(applied.known).toMatchObject([
      { root: 'streams', id: 'one', record: { fields: { title: { value: 'old' } } } },
    ]);
    expect(JSON.parse(JSON.stringify(applied))).toEqual(applied);
    expect(set(a, 'title', 'new').changes).toEqual([]);
    expect(remove(a, 'nothing').changes).toEqual([]);
    expect(set(a, 'title', 'x', 'nothing').changes).toEqual([]);
  });

  it('keeps births few, however often a record is brought back', () => {
    const a = createTestDesk('a');
    const before = add(a, { title: 'x' }).changes;
    for (let i = 0; i < 100; i++) {
      const removed = remove(a).changes[0];
      if (removed?.type !== 'removed') throw new Error('not removed');
      a.write({ type: 'restore-record', root: 'streams', id: 'one', record: removed.before, reborn: true });
    }
    const record = a.record('streams', 'one')!;
    expect(see(a)).toEqual({ title: 'x' });
    expect(record.births.length).toBeLessThan(10);
    expect(before).toMatchObject([{ record: { births: [record.births[0]] } }]);
  });
});

describe('[C5] what others put into a root', () => {
  it('is never thrown on, and hides nothing that is good', () => {
    const a = createTestDesk('a');
    add(a, { title: 'good' });
    const root = a.doc.getMap<unknown>('streams');
    const generation = new Y.Map<unknown>();
    for (const [key, value] of Object.entries(junk())) root.set(key, value);
    root.set('0zz#bbbbbbbb', generation);
    for (const [key, value] of Object.entries(junk())) generation.set(key, value);
    for (const births of [undefined, 7, '', 'zzz', [], [7], Array(1000).fill('0'.repeat(18)), {}]) {
      const record = new Y.Map<unknown>();
      if (births !== undefined) record.set('@', births);
      generation.set('one', record);
      generation.set('x:one', { births });
      expect(see(a)).toEqual({ title: 'good' });
    }
  });

  it('leaves unreadable fields out of a record and counts forged stamps as old', () => {
    const a = createTestDesk('a');
    const b = createTestDesk('b');
    add(a, { title: 'good' });
    const generation = new Y.Map<unknown>();
    const record = new Y.Map<unknown>();
    b.doc.getMap('streams').set('0zz#bbbbbbbb', generation);
    generation.set('one', record);
    record.set('@', '0'.repeat(18));
    record.set('title', { v: 'forged', t: 'zzzzzzzzzzzzzzzzzz' });
    record.set('notes', new Y.Map());
    record.set('__proto__', { polluted: true });
    record.set('constructor', 'harmless');
    record.set('city', new Uint8Array(3));
    record.set('deep', [[[[[[[[1]]]]]]]]);
    record.set('long', 'x'.repeat(1_000_000));
    meet(a, b);
    expect(see(a)).toEqual({ title: 'good', constructor: 'harmless' });
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

function junk(): Record<string, unknown> {
  return {
    '': 1,
    x: 'text',
    'x:': [],
    'x:one': { births: 'nonsense' },
    '0zz#cccccccc': 'not a map',
    '000#zzzzzzzz': null,
    nested: new Y.Array(),
    text: new Y.Text('hello'),
    constructor: { a: 1 },
    bytes: new Uint8Array(4),
  };
}
