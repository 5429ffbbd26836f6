import { messages } from './messages.ts';

/** Everything that can be done from anywhere, by key or from the palette. */
export const ROOM_ACTIONS = [
  'palette',
  'undo',
  'redo',
  'mute-all',
  'solo',
  'blur-all',
  'unblur-all',
  'censor',
  'uncensor',
  'cover-broadcast',
  'uncover-broadcast',
  'broadcast',
  'swap',
  'search',
  'add-link',
  'paste-links',
  'stage',
  'show-streams',
  'show-scenes',
  'show-history',
  'save-scene',
  'wide-list',
  'export-csv',
  'export-json',
  'import',
  'archive',
  'new-wall',
  'duplicate-wall',
  'rename-wall',
  'settings',
  'theme',
  'sheet',
] as const;
export type RoomActionId = (typeof ROOM_ACTIONS)[number];

export type RoomAction = Readonly<{
  id: RoomActionId;
  words: string;
  group: keyof typeof messages.actionGroups;
  /** The keys it has unless the person gave it others. */
  keys: readonly string[];
  /** Also while somebody types in a field. */
  inFields: boolean;
  /** Holding the key does it again and again. */
  repeats: boolean;
}>;

type Usual = readonly [
  id: RoomActionId,
  group: RoomAction['group'],
  keys: readonly string[],
  extra?: 'in-fields' | 'repeats',
];

/** The usual keys. Those of the original Streamwall are as its users know them: Alt+S, Alt+C, Alt+Shift+C. */
const usual: readonly Usual[] = [
  ['palette', 'look', ['Ctrl+K'], 'in-fields'],
  ['undo', 'edit', ['Ctrl+Z'], 'repeats'],
  ['redo', 'edit', ['Ctrl+Shift+Z', 'Ctrl+Y'], 'repeats'],
  ['mute-all', 'panic', ['F8'], 'in-fields'],
  ['solo', 'edit', ['Alt+Shift+S'], 'in-fields'],
  ['blur-all', 'panic', ['F9'], 'in-fields'],
  ['unblur-all', 'panic', ['Shift+F9'], 'in-fields'],
  ['censor', 'panic', ['Alt+C'], 'in-fields'],
  ['uncensor', 'panic', ['Alt+Shift+C'], 'in-fields'],
  ['cover-broadcast', 'panic', ['F7'], 'in-fields'],
  ['uncover-broadcast', 'panic', ['Shift+F7'], 'in-fields'],
  ['broadcast', 'look', []],
  ['swap', 'edit', ['Alt+S'], 'in-fields'],
  ['search', 'look', ['Ctrl+F'], 'in-fields'],
  ['add-link', 'list', ['Ctrl+L'], 'in-fields'],
  ['paste-links', 'list', ['Ctrl+Shift+L'], 'in-fields'],
  ['stage', 'look', ['Ctrl+G'], 'in-fields'],
  ['show-streams', 'look', ['Ctrl+Shift+F'], 'in-fields'],
  ['show-scenes', 'look', ['Ctrl+Shift+E'], 'in-fields'],
  ['show-history', 'look', ['Ctrl+Shift+H'], 'in-fields'],
  ['save-scene', 'edit', ['Ctrl+Shift+S'], 'in-fields'],
  ['wide-list', 'list', ['Ctrl+Shift+G'], 'in-fields'],
  ['export-csv', 'list', []],
  ['export-json', 'list', []],
  ['import', 'list', []],
  ['archive', 'list', []],
  ['new-wall', 'walls', []],
  ['duplicate-wall', 'walls', []],
  ['rename-wall', 'walls', []],
  ['settings', 'look', ['Ctrl+,'], 'in-fields'],
  ['theme', 'look', []],
  ['sheet', 'look', ['?']],
];

export const roomActions: readonly RoomAction[] = usual.map(([id, group, keys, extra]) => ({
  id,
  group,
  keys,
  words: messages.actions[id],
  inFields: extra === 'in-fields',
  repeats: extra === 'repeats',
}));

/** The keys of each action as this person has them. */
export function keysOf(
  action: RoomAction,
  own: Readonly<Record<string, readonly string[]>>,
): readonly string[] {
  return (Object.hasOwn(own, action.id) ? own[action.id] : undefined) ?? action.keys;
}
