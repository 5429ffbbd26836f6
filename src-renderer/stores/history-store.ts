import { createStore, type StoreApi } from 'zustand/vanilla';
import { describeChange } from '../history/describe-change.ts';
import { withMoment, type Moment } from '../history/moments.ts';
import type { MirrorStore } from './mirror-store.ts';
import type { ScreenStore } from './screen-store.ts';

export type HistoryState = Readonly<{ moments: readonly Moment[] }>;
export type HistoryStore = Pick<StoreApi<HistoryState>, 'getState' | 'subscribe' | 'getInitialState'>;

/** The mirror follows an answer within a frame or two. */
const JUST_NOW_MS = 150;

/**
 * Writes down what changes on the mirror from now on. What changes while an edit of this screen is on its way is taken for
 * that edit.
 * @returns the store, and how to stop
 */
export function createHistoryStore(
  mirror: MirrorStore,
  screen: ScreenStore,
  nowMs: () => number,
): { readonly store: HistoryStore; readonly stop: () => void } {
  const store = createStore<HistoryState>(() => ({ moments: [] }));
  let lastId = 0;
  const stop = mirror.subscribe((after, before) => {
    if (before.wall === after.wall && before.streams === after.streams) return;
    const sentences = describeChange(before, after);
    if (sentences.length === 0) return;
    const atMs = nowMs();
    const { inFlight, answeredAtMs } = screen.getState();
    const moment: Moment = {
      id: ++lastId,
      atMs,
      words: sentences.join(' · '),
      mine: inFlight > 0 || atMs - answeredAtMs < JUST_NOW_MS,
      before: before.wall,
    };
    store.setState(({ moments }) => ({ moments: withMoment(moments, moment) }));
  });
  return { store, stop };
}
