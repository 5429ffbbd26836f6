import { describe, expect, it } from 'vitest';
import { hotkeyText, isPressed, pressedHotkey, readHotkey, type HotkeyPress } from './hotkey.ts';

const press = (key: string, code: string, held: Partial<HotkeyPress> = {}): HotkeyPress => ({
  key,
  code,
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  ...held,
});

const matches = (keys: string, pressed: HotkeyPress) => {
  const hotkey = readHotkey(keys);
  return hotkey !== null && isPressed(hotkey, pressed);
};

describe('keys', () => {
  it.each(['Ctrl+Z', 'Ctrl+Shift+Z', 'Alt+S', 'F8', '?', 'Ctrl++', 'Ctrl+Alt+Shift+ArrowUp'])(
    '%s are read and written alike',
    (text) => {
      const read = readHotkey(text);
      expect(read && hotkeyText(read)).toBe(text);
    },
  );

  it.each(['', 'Ctrl', 'Ctrl+', 'Hyper+X', '+Ctrl'])('%j names none', (text) => {
    expect(readHotkey(text)).toBeNull();
  });

  it('count by their place where Alt makes another character of them', () => {
    expect(matches('Alt+S', press('ß', 'KeyS', { altKey: true }))).toBe(true);
    expect(matches('Alt+Shift+C', press('Ç', 'KeyC', { altKey: true, shiftKey: true }))).toBe(true);
  });

  it('count by what is printed on them otherwise: Ctrl+Z is where Z is', () => {
    expect(matches('Ctrl+Z', press('z', 'KeyY', { ctrlKey: true }))).toBe(true);
    expect(matches('Ctrl+Z', press('y', 'KeyZ', { ctrlKey: true }))).toBe(false);
  });

  it('Command is as good as Ctrl', () => {
    expect(matches('Ctrl+K', press('k', 'KeyK', { metaKey: true }))).toBe(true);
  });

  it('more or fewer of Ctrl, Alt and Shift are other keys', () => {
    expect(matches('Ctrl+Z', press('Z', 'KeyZ', { ctrlKey: true, shiftKey: true }))).toBe(false);
    expect(matches('F8', press('F8', 'F8', { shiftKey: true }))).toBe(false);
  });

  it('a sign is itself, with whatever Shift it takes', () => {
    expect(matches('?', press('?', 'Slash', { shiftKey: true }))).toBe(true);
    expect(matches('?', press('?', 'Minus', { shiftKey: true }))).toBe(true);
  });

  it('a modifier alone is nothing yet', () => {
    expect(pressedHotkey(press('Control', 'ControlLeft', { ctrlKey: true }))).toBeNull();
  });
});
