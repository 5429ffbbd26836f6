import { expect, it } from 'vitest';
import { streamId, streamOf, tileId, wallOf } from '../wall-grid/sample-wall.ts';
import { cursorAt } from '../wall-grid/stage-cursor.ts';
import { decidePlacing } from './decide-placing.ts';

const wall = wallOf(['a.b', '...'], 'c');
const fresh = streamOf('n');

it('a stream goes into the empty cell where the keyboard was, else into the first free one', () => {
  const drop = (x: number, y: number) => ({
    kind: 'place',
    drop: { kind: 'place-stream', stream: streamId('n'), at: { x, y, w: 1, h: 1 } },
  });
  expect(decidePlacing(wall, cursorAt(wall, { x: 2, y: 1 }), fresh)).toEqual(drop(2, 1));
  expect(decidePlacing(wall, cursorAt(wall, { x: 0, y: 0 }), fresh)).toEqual(drop(1, 0));
  expect(decidePlacing(wall, null, fresh)).toEqual(drop(1, 0));
});

it('one that the wall has is found there, or comes back from the bench', () => {
  expect(decidePlacing(wall, null, streamOf('b'))).toEqual({ kind: 'find', tile: tileId('b') });
  expect(decidePlacing(wall, null, streamOf('c'))).toEqual({ kind: 'unbench', tile: tileId('c') });
});

it('on a full wall nobody is pushed off', () => {
  const full = wallOf(['ab']);
  expect(decidePlacing(full, cursorAt(full, { x: 0, y: 0 }), fresh)).toEqual({ kind: 'full' });
});

it('layers need no tile', () => {
  expect(decidePlacing(wall, null, streamOf('n', { kind: 'overlay' }))).toEqual({ kind: 'layer' });
});
