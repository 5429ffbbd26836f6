import { expect, it } from 'vitest';
import { decideDrop } from './decide-drop.ts';
import { expectedWall } from './expected-wall.ts';
import { streamId, tileId, wallOf } from './sample-wall.ts';

const ids = (tiles: readonly { readonly id: string }[]) => tiles.map(({ id }) => id).join('');

it('without drops on their way it is the wall itself', () => {
  const wall = wallOf(['ab']);
  expect(expectedWall(wall, [])).toBe(wall);
  const placing = { kind: 'place-stream', stream: streamId('n'), at: { x: 1, y: 0, w: 1, h: 1 } } as const;
  expect(expectedWall(wall, [placing])).toBe(wall);
});

it('tiles stand where they were dropped, and those in the way wait on the bench', () => {
  const wall = wallOf(['abc'], 'd');
  const pulled = decideDrop(
    wall,
    { kind: 'edge', tile: tileId('a'), edge: 'e' },
    { kind: 'cell', cell: { x: 1, y: 0 } },
  );
  const swapped = decideDrop(
    wall,
    { kind: 'tile', tile: tileId('d'), grab: { x: 0, y: 0 } },
    { kind: 'cell', cell: { x: 2, y: 0 } },
  );
  const expected = expectedWall(wall, [pulled, swapped]);
  expect(ids(expected.tiles)).toBe('ad');
  expect(expected.tiles[0]?.place).toEqual({ x: 0, y: 0, w: 2, h: 1 });
  expect(ids(expected.bench)).toBe('bc');
});

it('a second step builds on the first', () => {
  const wall = wallOf(['a...']);
  const step = { kind: 'place-tile', tile: tileId('a'), displaced: [] } as const;
  const first = { ...step, at: { x: 0, y: 0, w: 2, h: 1 } };
  const second = { ...step, at: { x: 0, y: 0, w: 3, h: 1 } };
  expect(expectedWall(wall, [first, second]).tiles[0]?.place?.w).toBe(3);
});
