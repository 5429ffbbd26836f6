import { isPressed, readHotkey, type HotkeyPress } from './hotkey.ts';
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

/** What a tile shows of its key while Alt is held. */
export function cellKeyHint(index: number): string | null {
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
  return cellAction(press, inField);
}

/**
 * The original's keys of cells. Those beyond twenty do not work in a field: Ctrl and Alt together make characters on some
 * keyboards.
 */
function cellAction(press: HotkeyPress, inField: boolean): GlobalAction | null {
  const far = press.ctrlKey || press.metaKey;
  const index = (far ? FAR_CODES : CELL_CODES).indexOf(press.code);
  if (index < 0 || !press.altKey || (far && inField)) return null;
  return {
    kind: press.shiftKey ? 'blur-cell' : 'listen-cell',
    index: far ? CELL_CODES.length + index : index,
  };
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
