import { createStore, type StoreApi } from 'zustand/vanilla';
import type { StreamId } from '#shared/model/ids.ts';
import { describeChange } from '../history/describe-change.ts';
import { MOST_STREAMS, withMoment, type Moment } from '../history/moments.ts';
import { describeRuleMoves } from '../rules/describe-rule-moves.ts';
import { ruleMoves } from '../rules/rule-moves.ts';
import type { ControlMirror } from './control-mirror.ts';
import { groupBursts, type BurstTiming } from './group-bursts.ts';
import type { MirrorStore } from './mirror-store.ts';
import { isAnswering, type ScreenStore } from './screen-store.ts';

export type HistoryState = Readonly<{ moments: readonly Moment[] }>;
export type HistoryStore = Pick<StoreApi<HistoryState>, 'getState' | 'subscribe' | 'getInitialState'>;

/** What others do to the list without a pause is told in handfuls: comparing ten thousand streams takes its time. */
const HANDFUL_MS = 400;

/**
 * Writes down what changes on the mirror from now on. What changes while an edit of this screen is on its way is taken for
 * that edit.
 * @param timing `clockMs` is the time of day in ms since 1970
 * @returns the store, and how to stop
 */
export function createHistoryStore(
  mirror: MirrorStore,
  screen: ScreenStore,
  timing: BurstTiming & { readonly clockMs: () => number },
): { readonly store: HistoryStore; readonly stop: () => void } {
  const store = createStore<HistoryState>(() => ({ moments: [] }));
  let lastId = 0;
  let told: ControlMirror = mirror.getState();
  const tell = (mine: boolean): void => {
    const [before, after] = [told, mirror.getState()];
    told = after;
    const note = (sentences: readonly string[], by: Pick<Moment, 'mine' | 'byRules'>): void => {
      if (sentences.length === 0) return;
      const words = sentences.join(' · ');
      const moment: Moment = {
        ...{ id: ++lastId, atMs: timing.clockMs(), words, ...by },
        ...{ before: before.wall, after: after.wall, streams },
      };
      store.setState(({ moments }) => ({ moments: withMoment(moments, moment) }));
    };
    const streams =
      before.streams === after.streams
        ? []
        : after.streams.changesFrom(before.streams).slice(0, MOST_STREAMS);
    note(describeChange(before, after), { mine });
    const byRules = ruleMoves(before.wall, after.wall);
    const codeOf = (id: StreamId): string => after.streams.get(id)?.code ?? '–';
    note(describeRuleMoves(byRules, after.wall, codeOf), { mine: false, byRules });
  };
  const tellHandful = groupBursts<null>(() => tell(false), timing, HANDFUL_MS);
  const stop = mirror.subscribe((after, before) => {
    if (before.wall === after.wall && before.streams === after.streams) return;
    const mine = isAnswering(screen.getState(), timing.clockMs());
    if (mine || before.wall !== after.wall) tell(mine);
    else tellHandful(null);
  });
  return { store, stop };
}
