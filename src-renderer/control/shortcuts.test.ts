import { describe, expect, it } from 'vitest';
import { cellKeyHint, globalAction, shortcuts, type HotkeyPress } from './shortcuts.ts';

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

  it('reach cells 21 to 40 with Ctrl, but not in a field, where that makes characters on some keyboards', () => {
    expect(globalAction(press('1', 'Digit1', { ...alt, ...ctrl }), false)).toEqual({
      kind: 'listen-cell',
      index: 20,
    });
    expect(globalAction(press('@', 'KeyQ', { ...alt, ...ctrl }), true)).toBe(null);
  });

  it('are hinted on their cells', () => {
    expect([0, 9, 10, 19, 20, 39, 40].map(cellKeyHint)).toEqual([
      '1',
      '0',
      'Q',
      'P',
      'Ctrl 1',
      'Ctrl P',
      null,
    ]);
  });
});

describe('shortcuts everywhere', () => {
  it('undo and redo leave a field its own', () => {
    expect(globalAction(press('z', 'KeyZ', ctrl), false)).toEqual({ kind: 'undo' });
    expect(globalAction(press('Z', 'KeyZ', { ...ctrl, shiftKey: true }), false)).toEqual({ kind: 'redo' });
    expect(globalAction(press('z', 'KeyZ', { metaKey: true }), false)).toEqual({ kind: 'undo' });
    expect(globalAction(press('z', 'KeyZ', ctrl), true)).toBe(null);
  });

  it('panic works from anywhere', () => {
    expect(globalAction(press('F8', 'F8'), true)).toEqual({ kind: 'mute-all' });
    expect(globalAction(press('F9', 'F9'), true)).toEqual({ kind: 'blur-all' });
  });

  it('plain letters are nobody’s but the stage’s and the field’s', () => {
    for (const letter of 'abcdefghijklmnopqrstuvwxyz') {
      expect(globalAction(press(letter, `Key${letter.toUpperCase()}`), false)).toBe(null);
    }
    expect(globalAction(press('?', 'Slash', { shiftKey: true }), true)).toBe(null);
  });

  it('no two of one area have the same keys', () => {
    const keys = shortcuts.map(({ area, keys: shown }) => `${area} ${shown}`);
    expect(new Set(keys).size).toBe(keys.length);
  });
});
