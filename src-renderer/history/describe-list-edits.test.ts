import { expect, it } from 'vitest';
import { describeListEdits } from './describe-list-edits.ts';

const codes = new Map([
  ['s1', 'woo'],
  ['s2', 'abq'],
]);
const tell = (...edits: Parameters<typeof describeListEdits>[0]) =>
  describeListEdits(edits, (id) => codes.get(id));
const set = (id: string, key: string, after: unknown) => ({ type: 'set', root: 'streams', id, key, after });

it('streams that were added, edited or removed are named, each once', () => {
  expect(tell({ type: 'record-added', root: 'streams', id: 's1' }, set('s1', 'label', 'x'))).toBe(
    'woo came into the list',
  );
  expect(tell(set('s1', 'label', 'x'), set('s1', 'city', 'y'), set('s2', 'city', 'y'))).toBe(
    'woo, abq edited',
  );
  expect(tell({ type: 'record-removed', root: 'streams', id: 'gone' })).toBe('– left the list');
});

it('what was found out about streams is told as such', () => {
  expect(tell(set('s1', 'status', { is: 'live' }), set('s2', 'status', { is: 'offline' }))).toBe(
    'woo live · abq over',
  );
});

it('of thousands some are named, and the others counted', () => {
  const many = Array.from({ length: 40 }, (_, n) => ({
    ...{ type: 'record-added', root: 'streams', id: `x${n}` },
    fields: { code: `c${n}` },
  }));
  expect(describeListEdits(many, () => undefined, 960)).toBe(
    'c0, c1, c2, c3, c4, c5 and 994 more came into the list',
  );
});

it('what is not known is told as something', () => {
  expect(tell({ type: 'set', root: 'meta', key: 'version' })).toBe('Something was changed');
  expect(tell({ type: 'generation-left', root: 'streams' })).toBe('Something was changed');
});
