import { describe, expect, it } from 'vitest';
import { tileId, wallOf } from './sample-wall.ts';
import { cursorAt, moveCursor, spotOf } from './stage-cursor.ts';

describe('arrows on the stage', () => {
  const wall = wallOf(['aab', 'aac', '.d.']);

  it('go from tile to tile and over empty cells', () => {
    const down = moveCursor(wall, cursorAt(wall, { x: 0, y: 0 }), 'down');
    expect(spotOf(wall, down)).toEqual({ kind: 'empty', cell: { x: 0, y: 2 } });
    expect(spotOf(wall, moveCursor(wall, down, 'right'))).toMatchObject({ tile: { id: tileId('d') } });
  });

  it('keep the row on the way through a big tile', () => {
    const inRowTwo = moveCursor(wall, cursorAt(wall, { x: 2, y: 1 }), 'left');
    expect(inRowTwo).toEqual({ x: 1, y: 1, tile: tileId('a') });
    expect(spotOf(wall, moveCursor(wall, inRowTwo, 'right'))).toMatchObject({ tile: { id: tileId('c') } });
  });

  it('stay at the edge of the wall', () => {
    expect(moveCursor(wall, cursorAt(wall, { x: 2, y: 0 }), 'right')).toEqual({
      x: 2,
      y: 0,
      tile: tileId('b'),
    });
    expect(moveCursor(wall, cursorAt(wall, { x: 0, y: 2 }), 'down')).toEqual({ x: 0, y: 2, tile: null });
  });
});

describe('where the keyboard is', () => {
  it('follows its tile when somebody moves it', () => {
    const cursor = cursorAt(wallOf(['ab', '..']), { x: 0, y: 0 });
    expect(spotOf(wallOf(['.b', '.a']), cursor)).toMatchObject({
      kind: 'tile',
      tile: { id: tileId('a') },
      cell: { x: 1, y: 1 },
    });
  });

  it('stays at its cell when its tile has gone', () => {
    const cursor = cursorAt(wallOf(['ab']), { x: 1, y: 0 });
    expect(spotOf(wallOf(['a.']), cursor)).toEqual({ kind: 'empty', cell: { x: 1, y: 0 } });
    expect(spotOf(wallOf(['a.'], 'b'), cursor)).toEqual({ kind: 'empty', cell: { x: 1, y: 0 } });
    expect(spotOf(wallOf(['ac']), cursor)).toMatchObject({ tile: { id: tileId('c') } });
  });

  it('is on the wall even after the wall has shrunk', () => {
    const cursor = cursorAt(wallOf(['...', '...']), { x: 2, y: 1 });
    expect(spotOf(wallOf(['..']), cursor)).toEqual({ kind: 'empty', cell: { x: 1, y: 0 } });
  });
});
