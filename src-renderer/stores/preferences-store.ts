import { createStore, type StoreApi } from 'zustand/vanilla';
import {
  readPreferences,
  writePreferences,
  type PreferenceProblem,
  type Preferences,
} from './preferences.ts';

const KEY = 'streamwall.preferences';

export type PreferencesState = Readonly<{ liked: Preferences; problems: readonly PreferenceProblem[] }>;

export type PreferencesStore = Pick<
  StoreApi<PreferencesState>,
  'getState' | 'subscribe' | 'getInitialState'
> & {
  readonly change: (changes: Partial<Preferences>) => void;
};

export type KeptText = { readonly read: () => string | null; readonly write: (text: string) => void };

/** This machine's preferences: every change is kept at once. */
export function createPreferencesStore(kept: KeptText, usual: Preferences): PreferencesStore {
  const { preferences, problems, rest } = readPreferences(kept.read(), usual);
  const store = createStore<PreferencesState>(() => ({ liked: preferences, problems }));
  const changed = new Set<string>();
  return {
    getState: store.getState,
    getInitialState: store.getInitialState,
    subscribe: store.subscribe,
    change: (changes) => {
      const liked = { ...store.getState().liked, ...changes };
      for (const name of Object.keys(changes)) changed.add(name);
      store.setState({ liked, problems: problems.filter(({ name }) => !changed.has(name)) });
      kept.write(writePreferences(liked, rest, [...changed]));
    },
  };
}

/** The page's own storage; a browser that keeps nothing forgets at the end. */
export const pageStorage: KeptText = {
  read: () => {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null;
    }
  },
  write: (text) => {
    try {
      localStorage.setItem(KEY, text);
    } catch {
      // Storage can be switched off; preferences then last as long as the window.
    }
  },
};
