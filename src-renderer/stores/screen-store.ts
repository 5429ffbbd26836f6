import { createStore, type StoreApi } from 'zustand/vanilla';
import type { WallArrangement } from '#shared/model/arrangement.ts';
import type { SceneId, StreamId, TileId, WallId } from '#shared/model/ids.ts';
import type { DelayMark } from '#shared/protocol/delay-state.ts';
import type { ColumnId } from '../stream-table/columns.ts';
import type { StreamFilter } from '../stream-table/filter-streams.ts';
import type { DragSubject, Drop } from '../wall-grid/drop.ts';
import type { StageCursor } from '../wall-grid/stage-cursor.ts';
import type { Cell } from '../wall-grid/stage-geometry.ts';

/** Something in the hand, where it is on the screen, and what letting go would do. */
export type Drag = Readonly<{ subject: DragSubject; pointer: Cell; drop: Drop }>;

/** A sentence about what this person just did. `undoable` offers to take it back. */
export type Said = Readonly<{ id: number; tone: 'info' | 'warning'; words: string; undoable: boolean }>;

/** What stands beside the wall. */
export type Panel = 'streams' | 'scenes' | 'history';

/** What lies over the screen; at most one does. */
export type Over =
  | { readonly kind: 'palette' | 'sheet' | 'welcome' }
  /** A Streamdelay server: this machine's own, or that of another. */
  | { readonly kind: 'delay'; readonly at: DelayMark | 'here' }
  | { readonly kind: 'settings'; readonly page: SettingsPage }
  /** Many links at once; `text` is what was pasted so far. */
  | { readonly kind: 'links'; readonly text: string }
  /** What has left the list; `text` is what is looked for at first. */
  | { readonly kind: 'archive'; readonly text: string }
  | { readonly kind: 'import' }
  | { readonly kind: 'stream'; readonly stream: StreamId };

export type SettingsPage =
  | 'machine'
  | 'screens'
  | 'delay'
  | 'status'
  | 'rules'
  | 'sites'
  | 'sources'
  | 'keys'
  | 'wall'
  | 'walls'
  | 'team'
  | 'people'
  | 'places'
  | 'events'
  | 'ignored'
  | 'about';

/** What is on this screen only: where the eyes and hands of one person are. Nothing of it is shared or stored. */
export type ScreenState = Readonly<{
  search: string;
  filter: StreamFilter;
  /** The row of the list that the keyboard is on. */
  activeStream: StreamId | null;
  /** Rows that are selected, to do something with all of them. */
  selected: ReadonlySet<StreamId>;
  /** The cell of the list that is being written in. */
  editing: Readonly<{ stream: StreamId; column: ColumnId }> | null;
  panel: Panel;
  /** The list has the whole width. */
  wide: boolean;
  cursor: StageCursor | null;
  drag: Drag | null;
  /** The tile that swaps with the next one that is chosen. */
  swapFrom: TileId | null;
  /** A scene that is looked at before it is applied. */
  preview: SceneId | null;
  /** The wall as it was at a moment that is looked at. */
  moment: Readonly<{ atMs: number; wall: WallId; was: WallArrangement }> | null;
  /** Drops that were sent and are not on the mirror yet: drawn as done. */
  underway: readonly Drop[];
  /** Edits that were sent and not yet answered: not saved either. */
  inFlight: number;
  /** When the last of them was answered. Milliseconds since 1970. */
  answeredAtMs: number;
  /** The field for a code, open at a tile or empty cell of the stage. */
  code: Readonly<{ at: StageCursor; text: string }> | null;
  /** What stands in the field for a new link. */
  link: string;
  over: Over | null;
  /** The wall's name is being written. */
  renaming: boolean;
  /** While the key is held, tiles show which number or letter is theirs. */
  altHeld: boolean;
  said: readonly Said[];
}>;

/** The mirror follows an answer within a frame or two. */
const JUST_NOW_MS = 150;

/** Whether what changes on the mirror now is most likely what was just done at this screen. */
export function isAnswering(
  { inFlight, answeredAtMs }: Pick<ScreenState, 'inFlight' | 'answeredAtMs'>,
  nowMs: number,
): boolean {
  return inFlight > 0 || nowMs - answeredAtMs < JUST_NOW_MS;
}

export type ScreenStore = StoreApi<ScreenState>;

export function createScreenStore(): ScreenStore {
  return createStore<ScreenState>(() => ({
    search: '',
    filter: 'all',
    activeStream: null,
    selected: new Set(),
    editing: null,
    panel: 'streams',
    wide: false,
    cursor: null,
    drag: null,
    swapFrom: null,
    preview: null,
    moment: null,
    underway: [],
    code: null,
    link: '',
    inFlight: 0,
    answeredAtMs: 0,
    over: null,
    renaming: false,
    altHeld: false,
    said: [],
  }));
}
