import { describe, expect, it } from 'vitest';
import { decideDrop } from './decide-drop.ts';
import { commandOfDrop, placesAfter, type DropTarget } from './drop.ts';
import { streamId, tileId, wallOf } from './sample-wall.ts';

const cell = (x: number, y: number): DropTarget => ({ kind: 'cell', cell: { x, y } });
const held = (letter: string, x = 0, y = 0) =>
  ({ kind: 'tile', tile: tileId(letter), grab: { x, y } }) as const;
const edge = (letter: string, which: 'e' | 'se' | 'w' | 'n') =>
  ({ kind: 'edge', tile: tileId(letter), edge: which }) as const;
const fromList = (letter: string) => ({ kind: 'stream', stream: streamId(letter) }) as const;

describe('a tile that is dropped', () => {
  it('moves onto free cells with its size', () => {
    expect(decideDrop(wallOf(['aa..', '....']), held('a', 1), cell(3, 1))).toEqual({
      kind: 'place-tile',
      tile: tileId('a'),
      at: { x: 2, y: 1, w: 2, h: 1 },
      displaced: [],
    });
  });

  it('stays on the wall when it is held beyond its edge', () => {
    expect(decideDrop(wallOf(['aa..', '....']), held('a'), cell(3, 0))).toMatchObject({
      at: { x: 2, y: 0, w: 2, h: 1 },
    });
  });

  it('takes the nearest free cells of its size where those under it are taken', () => {
    // Held by its left cell over x = 2, its right cell would lie on b.
    expect(decideDrop(wallOf(['...b', 'aa..']), held('a'), cell(2, 0))).toMatchObject({
      at: { x: 1, y: 0, w: 2, h: 1 },
    });
  });

  it('shrinks to what is free rather than push anybody off the wall', () => {
    expect(decideDrop(wallOf(['aabc', 'aad.']), held('a'), cell(3, 1))).toEqual({
      kind: 'place-tile',
      tile: tileId('a'),
      at: { x: 3, y: 1, w: 1, h: 1 },
      displaced: [],
    });
  });

  it('shifts over its own cells', () => {
    expect(decideDrop(wallOf(['aa.', 'aa.']), held('a'), cell(1, 0))).toMatchObject({
      at: { x: 1, y: 0, w: 2, h: 2 },
    });
  });

  it('does nothing where it already is', () => {
    expect(decideDrop(wallOf(['aa.', 'aa.']), held('a', 1, 1), cell(1, 1))).toEqual({ kind: 'nothing' });
  });

  it('swaps with the tile under the pointer, whatever their sizes', () => {
    const drop = decideDrop(wallOf(['aab', 'aa.']), held('a', 1), cell(2, 0));
    expect(drop).toEqual({
      kind: 'swap',
      tile: tileId('a'),
      with: tileId('b'),
      at: { x: 2, y: 0, w: 1, h: 1 },
      back: { x: 0, y: 0, w: 2, h: 2 },
    });
  });

  it('waits on the bench when it is dropped there, and a benched tile that is dropped there does nothing', () => {
    const wall = wallOf(['a.'], 'b');
    expect(decideDrop(wall, held('a'), { kind: 'bench' })).toEqual({ kind: 'bench', tile: tileId('a') });
    expect(decideDrop(wall, held('b'), { kind: 'bench' })).toEqual({ kind: 'nothing' });
  });

  it('comes back from the bench onto a free cell, or in exchange with the tile under it', () => {
    const wall = wallOf(['a.'], 'b');
    expect(decideDrop(wall, held('b'), cell(1, 0))).toMatchObject({ at: { x: 1, y: 0, w: 1, h: 1 } });
    expect(decideDrop(wall, held('b'), cell(0, 0))).toMatchObject({ kind: 'swap', back: null });
  });

  it('does nothing beside the wall, or when it was removed while it was in the hand', () => {
    const wall = wallOf(['a.']);
    expect(decideDrop(wall, held('a'), { kind: 'nowhere' })).toEqual({ kind: 'nothing' });
    expect(decideDrop(wall, held('z'), cell(1, 0))).toEqual({ kind: 'nothing' });
  });

  it('never overlaps another tile and never leaves the grid, wherever it is dropped', () => {
    const wall = wallOf(['aabb.', 'aac..', 'd.c.e', 'd....'], 'f');
    for (const letter of 'abcdef') {
      for (let index = 0; index < 20; index++) {
        for (const grab of [0, 1]) {
          const drop = decideDrop(wall, held(letter, grab, grab), cell(index % 5, Math.floor(index / 5)));
          if (drop.kind !== 'place-tile') continue;
          const { x, y, w, h } = drop.at;
          expect(x >= 0 && y >= 0 && x + w <= 5 && y + h <= 4 && w >= 1 && h >= 1).toBe(true);
          const others = wall.tiles.filter((tile) => tile.id !== tileId(letter));
          for (const { place } of others) {
            const apart =
              place === null ||
              place.x >= x + w ||
              x >= place.x + place.w ||
              place.y >= y + h ||
              y >= place.y + place.h;
            expect(apart).toBe(true);
          }
        }
      }
    }
  });
});

describe('a stream that is dropped', () => {
  it('becomes a tile on a free cell', () => {
    expect(decideDrop(wallOf(['a.']), fromList('n'), cell(1, 0))).toEqual({
      kind: 'place-stream',
      stream: streamId('n'),
      at: { x: 1, y: 0, w: 1, h: 1 },
    });
  });

  it('is shown instead of what a tile showed', () => {
    expect(decideDrop(wallOf(['aa']), fromList('n'), cell(1, 0))).toEqual({
      kind: 'put-stream',
      stream: streamId('n'),
      tile: tileId('a'),
      at: { x: 0, y: 0, w: 2, h: 1 },
    });
  });

  it('is never shown twice: its tile moves, swaps or comes back from the bench', () => {
    const wall = wallOf(['ab.'], 'c');
    expect(decideDrop(wall, fromList('a'), cell(2, 0))).toMatchObject({
      kind: 'place-tile',
      tile: tileId('a'),
    });
    expect(decideDrop(wall, fromList('a'), cell(1, 0))).toMatchObject({ kind: 'swap', with: tileId('b') });
    expect(decideDrop(wall, fromList('c'), cell(2, 0))).toMatchObject({
      kind: 'place-tile',
      tile: tileId('c'),
    });
  });

  it('does nothing on the tile that shows it, on any of its cells', () => {
    expect(decideDrop(wallOf(['aa.', 'aa.']), fromList('a'), cell(1, 1))).toEqual({ kind: 'nothing' });
  });

  it('does nothing on the bench', () => {
    expect(decideDrop(wallOf(['a.']), fromList('n'), { kind: 'bench' })).toEqual({ kind: 'nothing' });
  });
});

describe('an edge that is pulled', () => {
  it('names the tiles that it pushes to the bench', () => {
    expect(decideDrop(wallOf(['ab', 'cd']), edge('a', 'se'), cell(1, 1))).toEqual({
      kind: 'place-tile',
      tile: tileId('a'),
      at: { x: 0, y: 0, w: 2, h: 2 },
      displaced: [tileId('b'), tileId('c'), tileId('d')],
    });
  });

  it('does nothing for a tile on the bench', () => {
    expect(decideDrop(wallOf(['..'], 'a'), edge('a', 'e'), cell(1, 0))).toEqual({ kind: 'nothing' });
  });
});

describe('what follows from a drop', () => {
  it('is one command', () => {
    const newTile = () => tileId('n');
    const wall = wallOf(['ab.'], 'c');
    const commands = [
      decideDrop(wall, fromList('x'), cell(2, 0)),
      decideDrop(wall, fromList('x'), cell(0, 0)),
      decideDrop(wall, held('a'), cell(2, 0)),
      decideDrop(wall, held('a'), cell(1, 0)),
      decideDrop(wall, held('a'), { kind: 'bench' }),
      decideDrop(wall, held('a'), { kind: 'nowhere' }),
    ].map((drop) => commandOfDrop(drop, newTile));
    expect(commands).toEqual([
      { type: 'place-stream', tile: tileId('n'), stream: streamId('x'), at: { x: 2, y: 0, w: 1, h: 1 } },
      { type: 'put-stream', tile: tileId('a'), stream: streamId('x') },
      { type: 'place-tile', tile: tileId('a'), at: { x: 2, y: 0, w: 1, h: 1 } },
      { type: 'swap-tiles', tile: tileId('a'), with: tileId('b') },
      { type: 'bench-tile', tile: tileId('a') },
      null,
    ]);
  });

  it('is drawn before the wall says so, displaced tiles included', () => {
    const pulled = decideDrop(wallOf(['ab']), edge('a', 'e'), cell(1, 0));
    expect([...placesAfter(pulled)]).toEqual([
      [tileId('b'), null],
      [tileId('a'), { x: 0, y: 0, w: 2, h: 1 }],
    ]);
    const swapped = decideDrop(wallOf(['a'], 'b'), held('b'), cell(0, 0));
    expect(placesAfter(swapped).get(tileId('a'))).toBe(null);
  });
});
