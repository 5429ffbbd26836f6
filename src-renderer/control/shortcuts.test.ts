import { describe, expect, it } from 'vitest';
import type { HotkeyPress } from './hotkey.ts';
import { roomActions } from './room-actions.ts';
import { allShortcuts, cellKeyHint, cellKeys, globalAction } from './shortcuts.ts';

const press = (key: string, code: string, held: Partial<HotkeyPress> = {}): HotkeyPress => ({
  key,
  code,
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  ...held,
});
const alt = { altKey: true };
const ctrl = { ctrlKey: true };

describe('the hotkeys of cells', () => {
  it('are the digits and then the letters below them, by their place on the keyboard', () => {
    const codes = Array.from('1234567890', (digit) => `Digit${digit}`).concat(
      Array.from('QWERTYUIOP', (key) => `Key${key}`),
    );
    const indexes = codes.map((code) => globalAction(press('whatever', code, alt), false));
    expect(indexes).toEqual(codes.map((_, index) => ({ kind: 'listen-cell', index })));
  });

  it('blur with Shift, whatever character that makes', () => {
    expect(globalAction(press('!', 'Digit1', { ...alt, shiftKey: true }), false)).toEqual({
      kind: 'blur-cell',
      index: 0,
    });
  });

  it('work while a field has the focus', () => {
    expect(globalAction(press('œ', 'KeyQ', alt), true)).toEqual({ kind: 'listen-cell', index: 10 });
  });

  it('reach cells 21 to 56 with Ctrl, but not in a field, where that makes characters on some keyboards', () => {
    expect(globalAction(press('1', 'Digit1', { ...alt, ...ctrl }), false)).toEqual({
      kind: 'listen-cell',
      index: 20,
    });
    expect(globalAction(press('@', 'KeyQ', { ...alt, ...ctrl }), true)).toBe(null);
  });

  it('can be others, which blur with Shift; the usual ones are nobody’s then', () => {
    const own = { 'cell-1': ['F2'], 'cell-57': ['Ctrl+1'], 'cell-3': [] };
    const cell = (kind: string, index: number) => ({ kind, index });
    expect(globalAction(press('F2', 'F2'), true, own)).toEqual(cell('listen-cell', 0));
    expect(globalAction(press('F2', 'F2', { shiftKey: true }), false, own)).toEqual(cell('blur-cell', 0));
    expect(globalAction(press('!', 'Digit1', { ...ctrl, shiftKey: true }), false, own)).toEqual(
      cell('blur-cell', 56),
    );
    expect(globalAction(press('1', 'Digit1', alt), false, own)).toBe(null);
    expect(globalAction(press('3', 'Digit3', alt), false, own)).toBe(null);
    expect(globalAction(press('2', 'Digit2', alt), false, own)).toEqual(cell('listen-cell', 1));
    expect(globalAction(press('x', 'KeyX'), true, { 'cell-1': ['X'] })).toBe(null);
    expect([0, 1, 2, 56].map((index) => cellKeys(index, own)[0])).toEqual([
      'F2',
      'Alt+2',
      undefined,
      'Ctrl+1',
    ]);
    expect([0, 2, 20].map((index) => cellKeyHint(index, own))).toEqual(['F2', null, 'Ctrl 1']);
  });

  it('are hinted on their cells', () => {
    expect([0, 9, 10, 19, 20, 39, 40, 55, 56].map((index) => cellKeyHint(index))).toEqual([
      '1',
      '0',
      'Q',
      'P',
      'Ctrl 1',
      'Ctrl P',
      'Ctrl A',
      'Ctrl M',
      null,
    ]);
  });
});

const room = (id: string) => ({ kind: 'room', id });

describe('shortcuts everywhere', () => {
  it('undo and redo leave a field its own', () => {
    expect(globalAction(press('z', 'KeyZ', ctrl), false)).toEqual(room('undo'));
    expect(globalAction(press('Z', 'KeyZ', { ...ctrl, shiftKey: true }), false)).toEqual(room('redo'));
    expect(globalAction(press('z', 'KeyZ', { metaKey: true }), false)).toEqual(room('undo'));
    expect(globalAction(press('z', 'KeyZ', ctrl), true)).toBe(null);
  });

  it('panic works from anywhere', () => {
    expect(globalAction(press('F8', 'F8'), true)).toEqual(room('mute-all'));
    expect(globalAction(press('F9', 'F9'), true)).toEqual(room('blur-all'));
  });

  it('the original’s own keys work, also in a field', () => {
    expect(globalAction(press('ß', 'KeyS', alt), true)).toEqual(room('swap'));
    expect(globalAction(press('ç', 'KeyC', alt), true)).toEqual(room('censor'));
    expect(globalAction(press('Ç', 'KeyC', { ...alt, shiftKey: true }), true)).toEqual(room('uncensor'));
  });

  it('plain letters are nobody’s but the stage’s and the field’s', () => {
    for (const letter of 'abcdefghijklmnopqrstuvwxyz') {
      expect(globalAction(press(letter, `Key${letter.toUpperCase()}`), false)).toBe(null);
    }
    expect(globalAction(press('?', 'Slash', { shiftKey: true }), true)).toBe(null);
  });

  it('own keys take the place of the usual ones, and can take them away', () => {
    const own = { undo: ['Ctrl+U'], 'mute-all': [] };
    expect(globalAction(press('u', 'KeyU', ctrl), false, own)).toEqual(room('undo'));
    expect(globalAction(press('z', 'KeyZ', ctrl), false, own)).toBe(null);
    expect(globalAction(press('F8', 'F8'), false, own)).toBe(null);
    expect(allShortcuts(own).map(({ keys }) => keys)).toContain('Ctrl+U');
  });

  it('no two actions have the same usual keys, and none has those of a cell', () => {
    const keys = roomActions.flatMap((action) => action.keys);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.filter((text) => /^(Ctrl\+)?Alt\+(Shift\+)?[0-9QWERTYUIOP]$/.test(text))).toEqual([]);
  });
});
