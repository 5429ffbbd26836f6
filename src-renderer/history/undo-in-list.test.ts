import { expect, it } from 'vitest';
import { streamOf } from '../wall-grid/sample-wall.ts';
import { undoEdits, undoInList } from './undo-in-list.ts';

const was = streamOf('a', { label: 'Bridge', notes: 'n', status: 'live' });
const renamed = streamOf('a', { label: 'Tower', status: 'live' });

it('an edit of somebody else is taken back, field by field, where nobody has written since', () => {
  const back = { type: 'edit-stream', id: was.id };
  expect(undoInList({ before: was, after: renamed }, renamed)).toEqual({
    ...back,
    changes: { label: 'Bridge', notes: 'n' },
  });
  const now = streamOf('a', { label: 'Tower', notes: 'newer', status: 'offline' });
  expect(undoInList({ before: was, after: renamed }, now)).toEqual({ ...back, changes: { label: 'Bridge' } });
  expect(undoInList({ before: renamed, after: was }, was)).toMatchObject({
    changes: { label: 'Tower', notes: null },
  });
});

it('a stream that was added goes, unless somebody wrote to it; one that was removed comes back', () => {
  expect(undoInList({ before: undefined, after: was }, was)).toEqual({ type: 'remove-stream', id: was.id });
  expect(undoInList({ before: undefined, after: was }, renamed)).toBe(null);
  expect(undoInList({ before: was, after: undefined }, undefined)).toMatchObject({
    type: 'add-stream',
    link: was.link,
    fields: { label: 'Bridge', notes: 'n', code: 'a', status: 'live' },
  });
  expect(undoInList({ before: was, after: undefined }, was)).toBe(null);
});

it('what a checker found out is nobody’s step', () => {
  const over = { ...was, status: 'offline' as const };
  expect(undoInList({ before: was, after: over }, over)).toBe(null);
});

it('a step that the team’s server keeps is taken back in the same way', () => {
  const now = new Map([[renamed.id, { ...renamed, addedAt: 5_000 }]]);
  const set = (key: string, before: unknown, after: unknown) => ({
    ...{ type: 'set', root: 'streams', id: 'of-a' },
    ...{ key, before, after },
  });
  const edits = [
    set('label', 'Bridge', 'Tower'),
    set('notes', 'n', null),
    set('city', null, 'Oslo'),
    set('status', { is: 'live' }, { is: 'offline' }),
  ];
  expect(undoEdits({ edits, atMs: 0 }, now)).toEqual([
    { type: 'edit-stream', id: was.id, changes: { label: 'Bridge', notes: 'n' } },
  ]);
  const fields = { code: 'a', kind: 'video', label: 'Tower' };
  const added = [{ type: 'record-added', root: 'streams', id: 'of-a', fields }];
  expect(undoEdits({ edits: added, atMs: 6_000 }, now)).toEqual([{ type: 'remove-stream', id: was.id }]);
  expect(undoEdits({ edits: added, atMs: 6_000_000 }, now)).toEqual([]);
  const other = [{ ...added[0]!, fields: { ...fields, label: 'Bridge' } }];
  expect(undoEdits({ edits: other, atMs: 6_000 }, now)).toEqual([]);
});
