import { screen, type Display } from 'electron';
import type { DisplayView } from '#shared/protocol/wall-output.ts';
import { createListeners } from '#shared/kernel/listeners.ts';

/** The displays of this machine, as they come and go. */
export type Displays = {
  readonly now: () => readonly DisplayView[];
  /** @returns how to stop */
  readonly onChange: (listener: () => void) => () => void;
};

/** Asks Electron, once it is ready. */
export function electronDisplays(): Displays {
  const listeners = createListeners<undefined>();
  const tell = (): void => listeners.tell(undefined);
  screen.on('display-added', tell);
  screen.on('display-removed', tell);
  screen.on('display-metrics-changed', tell);
  return {
    now: () => {
      const main = screen.getPrimaryDisplay().id;
      return screen.getAllDisplays().map((display) => viewOf(display, display.id === main));
    },
    onChange: listeners.add,
  };
}

function viewOf({ id, label, bounds, workArea, scaleFactor }: Display, isPrimary: boolean): DisplayView {
  return { id: String(id), name: label.slice(0, 120), bounds, workArea, scale: scaleFactor, isPrimary };
}
