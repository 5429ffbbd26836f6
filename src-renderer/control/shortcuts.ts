import { isPressed, readHotkey, type Hotkey, type HotkeyPress } from './hotkey.ts';
import { messages } from './messages.ts';
import { keysOf, roomActions, type RoomActionId } from './room-actions.ts';

/** What a key does wherever the focus is. */
export type GlobalAction =
  | { readonly kind: 'room'; readonly id: RoomActionId }
  | { readonly kind: 'listen-cell' | 'blur-cell'; readonly index: number };

/** Own keys by action, in place of the usual ones. */
export type OwnKeys = Readonly<Record<string, readonly string[]>>;

/** One line of the sheet of shortcuts. */
export type Shortcut = Readonly<{ area: 'anywhere' | 'stage' | 'list'; keys: string; words: string }>;

/** The keys of the first twenty cells, in reading order: the row of digits, then the row of letters below it. */
const CELL_CODES = Array.from('1234567890', (digit) => `Digit${digit}`).concat(
  Array.from('QWERTYUIOP', (key) => `Key${key}`),
);

/** With Ctrl those, and then the two rows of letters below: cells 21 to 56. The letters alone belong to other actions. */
const FAR_CODES = CELL_CODES.concat(Array.from('ASDFGHJKLZXCVBNM', (key) => `Key${key}`));

/** Under which name a person's own keys of a cell are kept. */
export const cellName = (index: number): string => `cell-${String(index + 1)}`;

/** The keys that listen to a cell, as this person has them: its own, or the usual ones; with Shift they blur it. */
export function cellKeys(index: number, own: OwnKeys = {}): readonly string[] {
  const kept = Object.hasOwn(own, cellName(index)) ? own[cellName(index)] : undefined;
  if (kept !== undefined) return kept;
  const hint = cellKeyHint(index);
  return hint === null ? [] : [hint.startsWith('Ctrl ') ? `Ctrl+Alt+${hint.slice(-1)}` : `Alt+${hint}`];
}

/** What a tile shows of its key while Alt is held. */
export function cellKeyHint(index: number, own: OwnKeys = {}): string | null {
  if (Object.hasOwn(own, cellName(index))) return own[cellName(index)]?.[0] ?? null;
  const near = CELL_CODES[index];
  if (near !== undefined) return near.slice(-1);
  const far = FAR_CODES[index - CELL_CODES.length];
  return far === undefined ? null : `Ctrl ${far.slice(-1)}`;
}

/** What a key press means everywhere, if anything. */
export function globalAction(press: HotkeyPress, inField: boolean, own: OwnKeys = {}): GlobalAction | null {
  for (const action of roomActions) {
    if (inField && !action.inFields) continue;
    const isIt = keysOf(action, own).some((text) => {
      const hotkey = readHotkey(text);
      return hotkey !== null && isPressed(hotkey, press);
    });
    if (isIt) return { kind: 'room', id: action.id };
  }
  return ownCellAction(press, inField, own) ?? cellAction(press, inField, own);
}

const CELL_NAME = /^cell-(\d{1,4})$/;

/** Keys that a person has given to a cell. With Shift they blur it, unless Shift is one of them. */
function ownCellAction(press: HotkeyPress, inField: boolean, own: OwnKeys): GlobalAction | null {
  for (const [name, keys] of Object.entries(own)) {
    const number = CELL_NAME.exec(name)?.[1];
    if (number === undefined) continue;
    for (const text of keys) {
      const hotkey = readHotkey(text);
      if (hotkey === null || (inField && isTyped(hotkey))) continue;
      const index = Number(number) - 1;
      if (isPressed(hotkey, press)) return { kind: 'listen-cell', index };
      if (!hotkey.shift && isPressed({ ...hotkey, shift: true }, press)) return { kind: 'blur-cell', index };
    }
  }
  return null;
}

/** Whether the keys write something where somebody types. */
const isTyped = ({ ctrl, alt, key }: Hotkey): boolean => !ctrl && !alt && !/^F\d+$/.test(key);

/**
 * The original's keys of cells. Those beyond twenty do not work in a field: Ctrl and Alt together make characters on some
 * keyboards.
 */
function cellAction(press: HotkeyPress, inField: boolean, own: OwnKeys): GlobalAction | null {
  const far = press.ctrlKey || press.metaKey;
  const index = (far ? FAR_CODES : CELL_CODES).indexOf(press.code);
  if (index < 0 || !press.altKey || (far && inField)) return null;
  const cell = far ? CELL_CODES.length + index : index;
  // Who gave the cell other keys has taken these away.
  if (Object.hasOwn(own, cellName(cell))) return null;
  return { kind: press.shiftKey ? 'blur-cell' : 'listen-cell', index: cell };
}

const words = messages.shortcuts;

const fixed: readonly Shortcut[] = [
  { area: 'anywhere', keys: 'Alt+1 … 0, Q … P', words: words.listenCell },
  { area: 'anywhere', keys: 'Alt+Shift+1 … 0, Q … P', words: words.blurCell },
  { area: 'anywhere', keys: 'Ctrl+Alt+1 … 0, Q … P, A … L, Z … M', words: words.listenFarCell },
  { area: 'anywhere', keys: 'Ctrl+Alt+Shift+1 … 0, Q … P, A … L, Z … M', words: words.blurFarCell },
  { area: 'stage', keys: '← ↑ → ↓', words: words.go },
  { area: 'stage', keys: 'Enter', words: words.menu },
  { area: 'stage', keys: 'Space', words: words.listen },
  { area: 'stage', keys: 'Shift+Space', words: words.background },
  { area: 'stage', keys: 'B', words: words.blur },
  { area: 'stage', keys: 'Delete', words: words.remove },
  { area: 'stage', keys: 'A … Z, 0 … 9', words: words.code },
  { area: 'stage', keys: '/', words: words.codeField },
  { area: 'stage', keys: 'Ctrl+V', words: words.paste },
  { area: 'stage', keys: 'Alt+← ↑ → ↓', words: words.move },
  { area: 'stage', keys: 'Shift+← ↑ → ↓', words: words.resize },
  { area: 'stage', keys: 'Shift+Enter', words: words.promote },
  { area: 'stage', keys: 'F5', words: words.reload },
  { area: 'list', keys: '↑ ↓', words: words.listGo },
  { area: 'list', keys: 'Enter', words: words.listPlace },
  { area: 'list', keys: 'Space', words: words.listSelect },
  { area: 'list', keys: 'Ctrl+A', words: words.listSelectAll },
  { area: 'list', keys: 'F2', words: words.listEdit },
  { area: 'list', keys: 'Shift+F10', words: words.listMenu },
  { area: 'list', keys: 'Delete', words: words.listRemove },
  { area: 'list', keys: 'Esc', words: words.listEscape },
];

/** Every shortcut there is, with the keys that this person has. */
export function allShortcuts(own: OwnKeys): readonly Shortcut[] {
  const rooms = roomActions.flatMap((action): Shortcut[] => {
    const [keys] = keysOf(action, own);
    return keys === undefined ? [] : [{ area: 'anywhere', keys, words: action.words }];
  });
  return [
    ...fixed.filter(({ area }) => area === 'anywhere'),
    ...rooms,
    ...fixed.filter(({ area }) => area !== 'anywhere'),
  ];
}
