import { contextBridge, ipcRenderer } from 'electron';
import { LAYER_SAID, TELL_LAYER } from '#shared/protocol/wall-layers.ts';

/**
 * The only door of the wall's own pages: main tells what is to be shown, the page says what becomes of it. What may be
 * said is in `wall-layers`; both ends of it check, this one only carries.
 */
export function openWallLayerDoor(): void {
  contextBridge.exposeInMainWorld('wallLayer', {
    onTold: (listener: (message: unknown) => void): void => {
      ipcRenderer.on(TELL_LAYER, (_event, message: unknown) => {
        listener(message);
      });
    },
    say: (message: unknown): void => {
      ipcRenderer.send(LAYER_SAID, message);
    },
  });
}
