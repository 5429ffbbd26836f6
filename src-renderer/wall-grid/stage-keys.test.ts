import { describe, expect, it } from 'vitest';
import type { WallView } from '#shared/document/view.ts';
import { tileId, tileOf, wallOf } from './sample-wall.ts';
import { cursorAt, spotOf } from './stage-cursor.ts';
import { stageIntent, type KeyPress } from './stage-keys.ts';

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  ...held,
});

function intentAt(wall: WallView, x: number, y: number, keys: KeyPress) {
  const cursor = cursorAt(wall, { x, y });
  return stageIntent(wall, cursor, spotOf(wall, cursor), keys);
}

describe('keys on a tile', () => {
  const wall = wallOf(['ab.']);

  it('Enter opens its menu, F5 loads it again', () => {
    expect(intentAt(wall, 0, 0, press('Enter'))).toEqual({ kind: 'menu', tile: tileId('a') });
    expect(intentAt(wall, 0, 0, press('F5'))).toEqual({ kind: 'reload', tile: tileId('a') });
  });

  it('Space listens, and stops listening to the one that is heard', () => {
    expect(intentAt(wall, 0, 0, press(' '))).toEqual({
      kind: 'command',
      command: { type: 'listen', tile: tileId('a') },
    });
    const heard = { ...wall, tiles: [tileOf('a', { x: 0, y: 0, w: 1, h: 1 }, { heard: true })] };
    expect(intentAt(heard, 0, 0, press(' '))).toMatchObject({ command: { type: 'listen', tile: null } });
  });

  it('B blurs and shows again, Delete removes', () => {
    expect(intentAt(wall, 0, 0, press('b'))).toMatchObject({ command: { type: 'blur', on: true } });
    const blurred = { ...wall, tiles: [tileOf('a', { x: 0, y: 0, w: 1, h: 1 }, { blurred: true })] };
    expect(intentAt(blurred, 0, 0, press('B', { shiftKey: true }))).toMatchObject({
      command: { type: 'blur', on: false },
    });
    expect(intentAt(wall, 1, 0, press('Delete'))).toMatchObject({
      command: { type: 'remove-tile', tile: tileId('b') },
    });
  });

  it('any other letter or digit begins a code, and a slash one that begins with B', () => {
    expect(intentAt(wall, 0, 0, press('w'))).toEqual({
      kind: 'code',
      at: { x: 0, y: 0, tile: tileId('a') },
      text: 'w',
    });
    expect(intentAt(wall, 0, 0, press('7'))).toMatchObject({ kind: 'code', text: '7' });
    expect(intentAt(wall, 0, 0, press('/'))).toMatchObject({ kind: 'code', text: '' });
  });

  it('keys with Ctrl, Alt or Command are left to the program', () => {
    for (const held of [{ ctrlKey: true }, { altKey: true }, { metaKey: true }]) {
      for (const key of ['b', ' ', 'Delete', 'Enter', 'w']) {
        expect(intentAt(wall, 0, 0, press(key, held))).toEqual({ kind: 'none' });
      }
    }
  });
});

describe('keys on an empty cell', () => {
  const wall = wallOf(['a.']);

  it('every letter begins a code, B too; Enter and Space open the field', () => {
    expect(intentAt(wall, 1, 0, press('b'))).toEqual({
      kind: 'code',
      at: { x: 1, y: 0, tile: null },
      text: 'b',
    });
    expect(intentAt(wall, 1, 0, press('Enter'))).toMatchObject({ kind: 'code', text: '' });
    expect(intentAt(wall, 1, 0, press(' '))).toMatchObject({ kind: 'code', text: '' });
  });

  it('there is nothing to remove, move or resize', () => {
    expect(intentAt(wall, 1, 0, press('Delete'))).toEqual({ kind: 'none' });
    expect(intentAt(wall, 1, 0, press('ArrowLeft', { altKey: true }))).toEqual({ kind: 'none' });
    expect(intentAt(wall, 1, 0, press('ArrowLeft', { shiftKey: true }))).toEqual({ kind: 'none' });
  });
});

describe('arrows', () => {
  it('go', () => {
    expect(intentAt(wallOf(['ab']), 0, 0, press('ArrowRight'))).toEqual({
      kind: 'go',
      cursor: { x: 1, y: 0, tile: tileId('b') },
    });
  });

  it('with Shift resize, over a neighbour too', () => {
    expect(intentAt(wallOf(['ab']), 0, 0, press('ArrowRight', { shiftKey: true }))).toEqual({
      kind: 'drop',
      drop: {
        kind: 'place-tile',
        tile: tileId('a'),
        at: { x: 0, y: 0, w: 2, h: 1 },
        displaced: [tileId('b')],
      },
    });
    expect(intentAt(wallOf(['ab']), 1, 0, press('ArrowRight', { shiftKey: true }))).toEqual({ kind: 'none' });
  });

  it.each([{ altKey: true }, { ctrlKey: true }, { metaKey: true }])('with %o move by a cell', (held) => {
    expect(intentAt(wallOf(['a.', '..']), 0, 0, press('ArrowDown', held))).toMatchObject({
      drop: { kind: 'place-tile', at: { x: 0, y: 1, w: 1, h: 1 } },
    });
  });

  it('swap with the one tile in the way, and leave several where they are', () => {
    const alt = { altKey: true };
    expect(intentAt(wallOf(['aab', 'aab']), 0, 0, press('ArrowRight', alt))).toMatchObject({
      drop: { kind: 'swap', with: tileId('b') },
    });
    expect(intentAt(wallOf(['aab', 'aac']), 0, 0, press('ArrowRight', alt))).toEqual({
      kind: 'in-the-way',
      tiles: 2,
    });
  });

  it('do not move a tile off the wall', () => {
    expect(intentAt(wallOf(['a.']), 0, 0, press('ArrowLeft', { altKey: true }))).toEqual({ kind: 'none' });
  });
});
