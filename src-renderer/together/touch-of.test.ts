import { expect, it } from 'vitest';
import { Touch } from '#shared/protocol/team-presence.ts';
import { streamId, tileId, wallOf } from '../wall-grid/sample-wall.ts';
import { touchOf } from './touch-of.ts';

const wall = wallOf(['a.']);
const nowhere = { cursor: null, activeStream: null, drag: null, editing: null, code: null };
const [tile] = wall.tiles;

it('whoever touches nothing shows nothing', () => {
  expect(touchOf(nowhere, wall)).toBe(null);
});

it('the keyboard is shown on a tile, an empty cell, or a row of the list', () => {
  const at = (cell: { x: number; y: number }) =>
    touchOf({ ...nowhere, cursor: { ...cell, tile: null } }, wall)?.at;
  expect(at({ x: 0, y: 0 })).toEqual({ kind: 'tile', tile: tile?.id });
  expect(at({ x: 1, y: 0 })).toEqual({ kind: 'cell', x: 1, y: 0 });
  const s = streamId('s');
  const row = touchOf({ ...nowhere, activeStream: s }, wall);
  expect(row).toMatchObject({ at: { kind: 'stream', stream: s }, typing: false });
});

it('what is in the hand is shown where it would stand, and writing as typing', () => {
  const drop = {
    kind: 'place-tile',
    tile: tileId('a'),
    at: { x: 1, y: 0, w: 1, h: 1 },
    displaced: [],
  } as const;
  const subject = { kind: 'tile', tile: tileId('a'), grab: { x: 0, y: 0 } } as const;
  const dragging = touchOf({ ...nowhere, drag: { subject, pointer: { x: 5, y: 5 }, drop } }, wall);
  expect(dragging?.ghost).toMatchObject({ at: drop.at });
  const editing = { stream: streamId('s'), column: 'name' } as const;
  const typing = touchOf({ ...nowhere, editing }, wall);
  expect(typing?.typing).toBe(true);
  expect([dragging, typing].map((touch) => Touch.safeParse(touch).success)).toEqual([true, true]);
});
