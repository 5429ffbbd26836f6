import type { ControlBridge } from '../bridge.ts';
import { createActions, randomTileId } from '../stores/actions.ts';
import type { Control } from '../stores/control-context.tsx';
import { createHistoryStore } from '../stores/history-store.ts';
import { pageTiming } from '../stores/group-bursts.ts';
import { openMirror } from '../stores/mirror-store.ts';
import type { Preferences } from '../stores/preferences.ts';
import { createPreferencesStore, pageStorage } from '../stores/preferences-store.ts';
import { createScreenStore } from '../stores/screen-store.ts';
import { createTicker } from '../stores/ticker.ts';
import { language } from '../words/language.ts';
import { shareTouch } from '../together/share-touch.ts';
import { rememberedTheme } from './theme.ts';

/** Builds the control room around a bridge. Rejects when nobody answers there. */
export async function openControl(
  bridge: ControlBridge,
): Promise<{ readonly control: Control; readonly close: () => void }> {
  const { store: mirror, close } = await openMirror(bridge, pageTiming);
  document.documentElement.lang = language;
  const screen = createScreenStore();
  const preferences = createPreferencesStore(pageStorage, usualPreferences(rememberedTheme()));
  const nextFrame = () => new Promise<void>((resolve) => setTimeout(resolve, 32));
  const actions = createActions({ bridge, mirror, screen, newTileId: randomTileId, nextFrame });
  const history = createHistoryStore(mirror, screen, { ...pageTiming, clockMs: () => Date.now() });
  const stopSharing = shareTouch(bridge, mirror, screen, pageTiming);
  return {
    control: { mirror, screen, preferences, history: history.store, actions, ticker: createTicker() },
    close: () => {
      history.stop();
      stopSharing();
      close();
    },
  };
}

const usualPreferences = (theme: Preferences['theme']): Preferences => ({
  theme,
  hotkeys: {},
  columns: ['code', 'name', 'place', 'platform', 'state', 'source', 'notes'],
  sort: null,
  savedFilters: [],
  welcomed: false,
});
