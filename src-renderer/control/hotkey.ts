/** The part of a keyboard event that counts. `code` is the key's place on the keyboard, whatever is printed on it. */
export type HotkeyPress = Readonly<
  Pick<KeyboardEvent, 'key' | 'code' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey'>
>;

/** Keys as they are shown and kept: `Ctrl+Shift+Z`, `Alt+S`, `F8`, `?`. Command counts as Ctrl. */
export type Hotkey = Readonly<{ ctrl: boolean; alt: boolean; shift: boolean; key: string }>;

const MODIFIERS = ['Ctrl', 'Alt', 'Shift'] as const;

/** Null where a text names no keys. */
export function readHotkey(text: string): Hotkey | null {
  const parts = text.endsWith('++') ? [...text.slice(0, -2).split('+'), '+'] : text.split('+');
  const key = parts.pop() ?? '';
  const held = new Set(parts);
  if (key === '' || MODIFIERS.some((one) => one === key)) return null;
  if (![...held].every((part) => MODIFIERS.some((one) => one === part))) return null;
  return { ctrl: held.has('Ctrl'), alt: held.has('Alt'), shift: held.has('Shift'), key };
}

export function hotkeyText({ ctrl, alt, shift, key }: Hotkey): string {
  return [ctrl && 'Ctrl', alt && 'Alt', shift && 'Shift', key].filter(Boolean).join('+');
}

/** What was pressed, as keys that can be kept; null for a modifier alone. */
export function pressedHotkey(press: HotkeyPress): Hotkey | null {
  if (['Control', 'Alt', 'Shift', 'Meta', 'AltGraph', 'Dead', 'CapsLock'].includes(press.key)) return null;
  const key = keyName(press);
  const plain = key.length === 1 && !/[a-z0-9]/i.test(key);
  // A sign such as `?` says by itself whether Shift is held, which differs between keyboards.
  return {
    ctrl: press.ctrlKey || press.metaKey,
    alt: press.altKey,
    shift: press.shiftKey && !plain,
    key,
  };
}

export function isPressed(hotkey: Hotkey, press: HotkeyPress): boolean {
  const pressed = pressedHotkey(press);
  return pressed !== null && hotkeyText(pressed).toLowerCase() === hotkeyText(hotkey).toLowerCase();
}

/** With Alt held a key makes another character on some systems, so then its place on the keyboard counts. */
function keyName(press: HotkeyPress): string {
  if (press.altKey || press.ctrlKey || press.metaKey) {
    const letter = /^(?:Key|Digit)(.)$/.exec(press.code)?.[1];
    // With Ctrl alone the letter that is printed on the key is meant, wherever it is.
    if (letter !== undefined && (press.altKey || !/^[a-z0-9]$/i.test(press.key))) return letter;
  }
  if (press.key === ' ') return 'Space';
  return press.key.length === 1 ? press.key.toUpperCase() : press.key;
}
