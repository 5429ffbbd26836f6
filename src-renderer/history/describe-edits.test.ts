import { expect, it } from 'vitest';
import { describeEdits, type Names } from './describe-edits.ts';

const names: Names = { stream: (id) => `code-${String(id)}`, tile: (id) => `tile-${String(id)}` };
const set = (root: string, key: string, after: unknown, id?: string) => ({
  ...{ type: 'set', root, key, before: null, after },
  ...(id === undefined ? {} : { id }),
});
const added = (root: string, id: string, fields: Record<string, unknown>) => ({
  ...{ type: 'record-added', root, id, fields, before: null, after: null },
});

it.each([
  [[added('tiles', 't', { stream: 's' }), set('tiles', 'place', {}, 't')], 'code-s came on the wall'],
  [[set('tiles', 'place', {}, 't'), set('tiles', 'place', {}, 'u')], 'tile-t, tile-u moved'],
  [[set('tiles', 'b:1', 1, 't')], 'tile-t went to the bench'],
  [[set('audio', 'heard', 't')], 'tile-t is heard'],
  [[set('audio', 'heard', null)], 'Nothing is heard any more'],
  [[set('safety', 'blur:t:1', 1)], 'tile-t blurred'],
  [[set('safety', 'censor:1', 1)], 'The whole wall was covered'],
  [[added('scenes', 'x', { name: 'Night' })], 'The scene Night was saved'],
  [[set('from-a-newer-program', 'x', 1)], 'The wall’s settings were changed'],
  [[], 'Something was changed'],
])('%j reads "%s"', (edits, words) => {
  expect(describeEdits(edits, names)).toBe(words);
});
