import { createStore, type StoreApi } from 'zustand/vanilla';
import type { StreamId } from '#shared/model/ids.ts';
import type { StreamFilter } from '../stream-table/order-streams.ts';
import type { DragSubject, Drop } from '../wall-grid/drop.ts';
import type { StageCursor } from '../wall-grid/stage-cursor.ts';
import type { Cell } from '../wall-grid/stage-geometry.ts';

/** Something in the hand, where it is on the screen, and what letting go would do. */
export type Drag = Readonly<{ subject: DragSubject; pointer: Cell; drop: Drop }>;

/** A sentence about what this person just did. `undoable` offers to take it back. */
export type Said = Readonly<{ id: number; tone: 'info' | 'warning'; words: string; undoable: boolean }>;

export type Theme = 'dark' | 'light' | 'contrast';

/** What is on this screen only: where the eyes and hands of one person are. Nothing of it is shared or stored. */
export type ScreenState = Readonly<{
  search: string;
  filter: StreamFilter;
  /** The row of the list that the keyboard is on. */
  activeStream: StreamId | null;
  cursor: StageCursor | null;
  drag: Drag | null;
  /** Drops that were sent and are not on the mirror yet: drawn as done. */
  underway: readonly Drop[];
  /** Edits that were sent and not yet answered: not saved either. */
  inFlight: number;
  /** The field for a code, open at a tile or empty cell of the stage. */
  code: Readonly<{ at: StageCursor; text: string }> | null;
  /** What stands in the field for a new link. */
  link: string;
  sheetOpen: boolean;
  /** While the key is held, tiles show which number or letter is theirs. */
  altHeld: boolean;
  said: readonly Said[];
  theme: Theme;
}>;

export type ScreenStore = StoreApi<ScreenState>;

export function createScreenStore(theme: Theme): ScreenStore {
  return createStore<ScreenState>(() => ({
    search: '',
    filter: 'all',
    activeStream: null,
    cursor: null,
    drag: null,
    underway: [],
    code: null,
    link: '',
    inFlight: 0,
    sheetOpen: false,
    altHeld: false,
    said: [],
    theme,
  }));
}
