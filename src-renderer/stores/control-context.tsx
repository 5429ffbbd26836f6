import { createContext, useCallback, useContext, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import type { Actions } from './actions.ts';
import type { ControlMirror } from './control-mirror.ts';
import type { Moment } from '../history/moments.ts';
import type { HistoryStore } from './history-store.ts';
import type { MirrorStore } from './mirror-store.ts';
import type { PreferenceProblem, Preferences } from './preferences.ts';
import type { PreferencesStore } from './preferences-store.ts';
import type { ScreenState, ScreenStore } from './screen-store.ts';
import type { Ticker } from './ticker.ts';

/** Everything that components get from outside, built once when the window has opened. */
export type Control = Readonly<{
  mirror: MirrorStore;
  screen: ScreenStore;
  preferences: PreferencesStore;
  history: HistoryStore;
  actions: Actions;
  ticker: Ticker;
}>;

const ControlContext = createContext<Control | null>(null);

export const ControlProvider = ControlContext.Provider;

/** The stores themselves, for handlers that read them at the moment of an event. */
export function useControl(): Control {
  const control = useContext(ControlContext);
  if (control === null) throw new Error('useControl outside of ControlProvider');
  return control;
}

/** A part of the mirror. The selector must return a part that keeps its identity, or a plain value. */
export function useMirror<T>(select: (mirror: ControlMirror) => T): T {
  return useStore(useControl().mirror, select);
}

/** A part of this screen's own state. */
export function useScreen<T>(select: (screen: ScreenState) => T): T {
  return useStore(useControl().screen, select);
}

/** What happened on this wall and the list, newest first. */
export function useHistory(): readonly Moment[] {
  return useStore(useControl().history, (state) => state.moments);
}

/** One of this machine's preferences. */
export function usePreference<K extends keyof Preferences>(name: K): Preferences[K] {
  return useStore(useControl().preferences, (state) => state.liked[name]);
}

/** What of this machine's preferences could not be read. */
export function usePreferenceProblems(): readonly PreferenceProblem[] {
  return useStore(useControl().preferences, (state) => state.problems);
}

export function useActions(): Actions {
  return useControl().actions;
}

/** The time in ms, drawn again every `stepMs`; null stands still. */
export function useNow(stepMs: number | null): number {
  const { ticker } = useControl();
  const subscribe = useCallback(
    (listener: () => void) => (stepMs === null ? () => undefined : ticker.subscribe(stepMs, listener)),
    [ticker, stepMs],
  );
  return useSyncExternalStore(subscribe, () => ticker.nowMs(stepMs ?? 60_000));
}
