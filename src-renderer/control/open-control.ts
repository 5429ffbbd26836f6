import type { ControlBridge } from '../bridge.ts';
import { createActions, randomTileId } from '../stores/actions.ts';
import type { Control } from '../stores/control-context.tsx';
import { openMirror } from '../stores/mirror-store.ts';
import { createScreenStore } from '../stores/screen-store.ts';
import { createTicker } from '../stores/ticker.ts';
import { rememberedTheme } from './theme.ts';

/** Builds the control room around a bridge. Rejects when nobody answers there. */
export async function openControl(
  bridge: ControlBridge,
): Promise<{ readonly control: Control; readonly close: () => void }> {
  const { store: mirror, close } = await openMirror(bridge, {
    nowMs: () => performance.now(),
    later: (run, afterMs) => void setTimeout(run, afterMs),
  });
  const screen = createScreenStore(rememberedTheme());
  const nextFrame = () => new Promise<void>((resolve) => setTimeout(resolve, 32));
  const actions = createActions({ bridge, mirror, screen, newTileId: randomTileId, nextFrame });
  return { control: { mirror, screen, actions, ticker: createTicker() }, close };
}
