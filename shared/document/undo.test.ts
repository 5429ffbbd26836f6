import { beforeEach, describe, expect, it } from 'vitest';
import { NEEDS_KEY } from './document-version.ts';
import type { Op } from './op.ts';
import { createTestDesk, meet, type TestDesk } from './test-desk.ts';
import { createUndo, type Undo } from './undo.ts';

let a: TestDesk;
let b: TestDesk;
let mine: Undo;

beforeEach(() => {
  a = createTestDesk('a');
  b = createTestDesk('b');
  mine = createUndo();
});

const create = (id: string, title = 'old'): Op => ({
  type: 'create-record',
  root: 'streams',
  id,
  fields: { title },
});
const retitle = (id: string, title: string): Op => ({
  type: 'set-field',
  root: 'streams',
  id,
  field: 'title',
  value: title,
});
const remove = (id: string): Op => ({ type: 'remove-record', root: 'streams', id });
const see = (desk: TestDesk, id = 'one') => desk.values('streams', id)?.['title'];
const open = () => ({ doc: a.doc, document: 'catalogue' as const });
const undo = () => mine.undo(open, a.context());
const redo = () => mine.redo(open, a.context());

describe('[C9] undo', () => {
  it('takes back my last step, and redo brings it again', () => {
    mine.record(a.write(create('one')));
    mine.record(a.write(retitle('one', 'new')));
    expect(undo().ok).toBe(true);
    expect(see(a)).toBe('old');
    expect(redo().ok).toBe(true);
    expect(see(a)).toBe('new');
    expect([undo().ok, undo().ok]).toEqual([true, true]);
    expect(see(a)).toBeUndefined();
    expect([redo().ok, redo().ok]).toEqual([true, true]);
    expect(see(a)).toBe('new');
    expect(redo()).toMatchObject({ ok: false, error: { message: 'There is nothing to redo.' } });
  });

  it("leaves others' edits in between alone", () => {
    mine.record(a.write(create('one')));
    mine.record(a.write(retitle('one', 'mine')));
    meet(a, b);
    b.write({ type: 'set-field', root: 'streams', id: 'one', field: 'city', value: 'Oslo' });
    meet(a, b);
    expect(undo().ok).toBe(true);
    expect(a.values('streams', 'one')).toEqual({ title: 'old', city: 'Oslo' });
  });

  it('does nothing after a remote edit of the same field, says so, and takes no older step instead', () => {
    mine.record(a.write(create('two')));
    mine.record(a.write(create('one')));
    mine.record(a.write(retitle('one', 'mine')));
    meet(a, b);
    b.write(retitle('one', 'theirs'));
    meet(a, b);
    expect(undo()).toMatchObject({
      ok: false,
      error: {
        reason: 'unchanged',
        message: 'That stream was changed again since; nothing left to undo there.',
      },
    });
    expect(see(a)).toBe('theirs');
    expect(see(a, 'two')).toBe('old');
    expect(undo().ok).toBe(true);
    expect(see(a)).toBeUndefined();
  });

  it('says that a thing was removed since', () => {
    a.write(create('one'));
    mine.record(a.write(retitle('one', 'mine')));
    meet(a, b);
    b.write(remove('one'));
    meet(a, b);
    expect(undo()).toMatchObject({
      error: { message: 'That stream was removed since; nothing left to undo there.' },
    });
  });

  it('undoes what is left of a step, and says what is not', () => {
    a.write(create('one'), create('two'));
    mine.record(a.write(retitle('one', 'mine'), retitle('two', 'mine')));
    meet(a, b);
    b.write(retitle('two', 'theirs'));
    meet(a, b);
    expect(undo()).toMatchObject({
      ok: true,
      value: { words: expect.stringContaining('changed again since') },
    });
    expect([see(a, 'one'), see(a, 'two')]).toEqual(['old', 'theirs']);
  });

  it('brings a removed record back whole, as old as it was, on every desk', () => {
    a.write(create('one'));
    const births = a.record('streams', 'one')!.births;
    mine.record(a.write(remove('one')));
    meet(a, b);
    expect(undo().ok).toBe(true);
    meet(a, b);
    expect(see(b)).toBe('old');
    expect(b.record('streams', 'one')!.births[0]).toBe(births[0]);
    expect(redo().ok).toBe(true);
    meet(a, b);
    expect(see(b)).toBeUndefined();
  });

  it('takes an addition back whose removal was taken back before, again and again', () => {
    mine.record(a.write(create('one')));
    mine.record(a.write(remove('one')));
    for (let round = 0; round < 3; round++) {
      expect(undo().ok).toBe(true);
      expect(see(a)).toBe('old');
      expect(undo().ok).toBe(true);
      expect(see(a)).toBeUndefined();
      expect(redo().ok).toBe(true);
      expect(see(a)).toBe('old');
      expect(redo().ok).toBe(true);
      expect(see(a)).toBeUndefined();
    }
  });

  it('leaves what another had added under the same id, and does not say that it took anything back', () => {
    mine.record(a.write(create('one')));
    b.write(create('one', 'theirs'));
    meet(a, b);
    mine.record(a.write(remove('one')));
    expect(undo().ok).toBe(true);
    expect(undo()).toMatchObject({ ok: false, error: { reason: 'unchanged' } });
    meet(a, b);
    expect(see(b)).toBe('theirs');
  });

  it('takes a drag back as one step', () => {
    a.write(create('one'));
    for (const title of ['1', '2', '3']) mine.record(a.write(retitle('one', title)), 'drag 1');
    mine.record(a.write(retitle('one', '4')), 'drag 2');
    expect(undo().ok).toBe(true);
    expect(see(a)).toBe('3');
    expect(undo().ok).toBe(true);
    expect(see(a)).toBe('old');
    expect(mine.canUndo()).toBe(false);
    expect(redo().ok).toBe(true);
    expect(see(a)).toBe('3');
  });

  it('forgets what was undone once something new is done, and the oldest steps', () => {
    mine = createUndo({ maxSteps: 2 });
    for (const id of ['one', 'two', 'three']) mine.record(a.write(create(id)));
    undo();
    mine.record(a.write(create('four')));
    expect(mine.canRedo()).toBe(false);
    expect([undo().ok, undo().ok, undo().ok]).toEqual([true, true, false]);
    expect(see(a)).toBe('old');
  });

  it('makes and removes within one group leave nothing to undo', () => {
    mine.record(a.write(create('one')), 'g');
    mine.record(a.write(remove('one')), 'g');
    expect(undo()).toMatchObject({ ok: false });
    expect(see(a)).toBeUndefined();
  });

  it('gives a flat value back with a new stamp, and leaves a newer one of somebody else', () => {
    const heard = (tile: string): Op => ({
      type: 'set-key',
      root: 'audio',
      key: 'heard',
      value: { tile, t: a.context().stamps.next() },
    });
    a.write(heard('one'));
    const before = a.doc.getMap('audio').get('heard') as { t: string };
    mine.record(a.write(heard('two')));
    expect(undo().ok).toBe(true);
    const after = a.doc.getMap('audio').get('heard') as { tile: string; t: string };
    expect(after.tile).toBe('one');
    expect(after.t > before.t).toBe(true);
    mine.record(a.write(heard('three')));
    a.write(heard('four'));
    expect(undo()).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining('changed again since') },
    });
  });

  it('keeps its step while the document needs a newer program', () => {
    mine.record(a.write(create('one')));
    a.doc.getMap('meta').set(NEEDS_KEY, 9);
    expect(undo()).toMatchObject({ ok: false, error: { reason: 'too-old' } });
    expect(mine.canUndo()).toBe(true);
  });
});
