import { expect, it } from 'vitest';
import { StreamChanges } from '#shared/document/command.ts';
import { streamOf } from '../wall-grid/sample-wall.ts';
import { changesOfForm, formOf } from './stream-form.ts';

const stream = streamOf('a', { label: 'Woo', city: 'Reno', pinned: true, tags: ['x'] });
const form = formOf(stream);

it('a form that nobody touched changes nothing', () => {
  expect(changesOfForm(form, formOf(stream))).toEqual({});
});

it('only what was changed is written; what was emptied is cleared', () => {
  const after = {
    ...form,
    label: '  ',
    code: ' WOO ',
    tags: 'x, y, x',
    rotation: '90',
    pinned: false,
  } as const;
  const changes = changesOfForm(form, after);
  expect(changes).toEqual({ label: null, code: 'woo', tags: ['x', 'y'], rotation: 90, pinned: null });
  expect(StreamChanges.safeParse(changes).success).toBe(true);
});

it('what cannot be a code is left to be refused', () => {
  expect(StreamChanges.safeParse(changesOfForm(form, { ...form, code: 'a b' })).success).toBe(false);
});
