import { messages } from './messages.ts';

/** What a key does wherever the focus is. */
export type GlobalAction =
  | { readonly kind: 'undo' | 'redo' | 'search' | 'add-link' | 'stage' | 'sheet' | 'mute-all' | 'blur-all' }
  | { readonly kind: 'listen-cell' | 'blur-cell'; readonly index: number };

/** The part of a keyboard event that counts. `code` is the key's place on the keyboard, whatever is printed on it. */
export type HotkeyPress = Readonly<
  Pick<KeyboardEvent, 'key' | 'code' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey'>
>;

/** One line of the sheet of shortcuts. Those with an `action` work everywhere, the others are of the area that says so. */
export type Shortcut = Readonly<{
  area: 'anywhere' | 'stage' | 'list';
  keys: string;
  words: string;
  /** Also while somebody types in a field. */
  inFields?: boolean;
  action?: (press: HotkeyPress) => GlobalAction | null;
}>;

/** The keys of the first twenty cells, in reading order: the row of digits, then the row of letters below it. */
const CELL_CODES = Array.from('1234567890', (digit) => `Digit${digit}`).concat(
  Array.from('QWERTYUIOP', (key) => `Key${key}`),
);

/** What a tile shows of its key while Alt is held. */
export function cellKeyHint(index: number): string | null {
  const code = CELL_CODES[index % CELL_CODES.length];
  if (code === undefined || index >= 2 * CELL_CODES.length) return null;
  const key = code.slice(-1);
  return index < CELL_CODES.length ? key : `Ctrl ${key}`;
}

type Modifiers = Readonly<{ ctrl?: boolean; alt?: boolean; shift?: boolean }>;

/** Command counts as Ctrl. */
function held(press: HotkeyPress, { ctrl = false, alt = false, shift = false }: Modifiers): boolean {
  return (press.ctrlKey || press.metaKey) === ctrl && press.altKey === alt && press.shiftKey === shift;
}

const onKey =
  (key: string, modifiers: Modifiers, kind: Exclude<GlobalAction['kind'], 'listen-cell' | 'blur-cell'>) =>
  (press: HotkeyPress): GlobalAction | null =>
    press.key.toLowerCase() === key && held(press, modifiers) ? { kind } : null;

const onCell =
  (modifiers: Modifiers, kind: 'listen-cell' | 'blur-cell', first = 0) =>
  (press: HotkeyPress): GlobalAction | null => {
    const index = CELL_CODES.indexOf(press.code);
    return index >= 0 && held(press, modifiers) ? { kind, index: first + index } : null;
  };

const words = messages.shortcuts;

/** Every shortcut there is: this table both acts and is shown. */
export const shortcuts: readonly Shortcut[] = [
  {
    area: 'anywhere',
    keys: 'Alt+1 … 0, Q … P',
    words: words.listenCell,
    inFields: true,
    action: onCell({ alt: true }, 'listen-cell'),
  },
  {
    area: 'anywhere',
    keys: 'Alt+Shift+1 … 0, Q … P',
    words: words.blurCell,
    inFields: true,
    action: onCell({ alt: true, shift: true }, 'blur-cell'),
  },
  {
    area: 'anywhere',
    keys: 'Ctrl+Alt+1 … 0, Q … P',
    words: words.listenFarCell,
    action: onCell({ ctrl: true, alt: true }, 'listen-cell', 20),
  },
  {
    area: 'anywhere',
    keys: 'Ctrl+Alt+Shift+1 … 0, Q … P',
    words: words.blurFarCell,
    action: onCell({ ctrl: true, alt: true, shift: true }, 'blur-cell', 20),
  },
  { area: 'anywhere', keys: 'F8', words: words.muteAll, inFields: true, action: onKey('f8', {}, 'mute-all') },
  { area: 'anywhere', keys: 'F9', words: words.blurAll, inFields: true, action: onKey('f9', {}, 'blur-all') },
  { area: 'anywhere', keys: 'Ctrl+Z', words: words.undo, action: onKey('z', { ctrl: true }, 'undo') },
  {
    area: 'anywhere',
    keys: 'Ctrl+Shift+Z',
    words: words.redo,
    action: (press) =>
      onKey('z', { ctrl: true, shift: true }, 'redo')(press) ?? onKey('y', { ctrl: true }, 'redo')(press),
  },
  {
    area: 'anywhere',
    keys: 'Ctrl+F',
    words: words.search,
    inFields: true,
    action: onKey('f', { ctrl: true }, 'search'),
  },
  {
    area: 'anywhere',
    keys: 'Ctrl+L',
    words: words.addLink,
    inFields: true,
    action: onKey('l', { ctrl: true }, 'add-link'),
  },
  {
    area: 'anywhere',
    keys: 'Ctrl+G',
    words: words.stage,
    inFields: true,
    action: onKey('g', { ctrl: true }, 'stage'),
  },
  {
    area: 'anywhere',
    keys: '?',
    words: words.sheet,
    action: (press) => (press.key === '?' && !press.ctrlKey && !press.altKey ? { kind: 'sheet' } : null),
  },
  { area: 'stage', keys: '← ↑ → ↓', words: words.go },
  { area: 'stage', keys: 'Enter', words: words.menu },
  { area: 'stage', keys: 'Space', words: words.listen },
  { area: 'stage', keys: 'B', words: words.blur },
  { area: 'stage', keys: 'Delete', words: words.remove },
  { area: 'stage', keys: 'A … Z, 0 … 9', words: words.code },
  { area: 'stage', keys: '/', words: words.codeField },
  { area: 'stage', keys: 'Ctrl+V', words: words.paste },
  { area: 'stage', keys: 'Alt+← ↑ → ↓', words: words.move },
  { area: 'stage', keys: 'Shift+← ↑ → ↓', words: words.resize },
  { area: 'stage', keys: 'F5', words: words.reload },
  { area: 'stage', keys: 'Double-click', words: words.promote },
  { area: 'list', keys: '↑ ↓', words: words.listGo },
  { area: 'list', keys: 'Enter', words: words.listPlace },
  { area: 'list', keys: 'Shift+F10', words: words.listMenu },
  { area: 'list', keys: 'Delete', words: words.listRemove },
  { area: 'list', keys: 'Esc', words: words.listEscape },
];

/** What a key press means everywhere, if anything. */
export function globalAction(press: HotkeyPress, inField: boolean): GlobalAction | null {
  for (const shortcut of shortcuts) {
    if (inField && shortcut.inFields !== true) continue;
    const action = shortcut.action?.(press) ?? null;
    if (action !== null) return action;
  }
  return null;
}
