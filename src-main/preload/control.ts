import { contextBridge, ipcRenderer, webUtils } from 'electron';

/**
 * The control window's only door: requests by name, and events. What may be said is in `ipc-contract`; both ends of it
 * check, this one only carries.
 */
contextBridge.exposeInMainWorld('streamwall', {
  request: async (name: string, argument: unknown): Promise<unknown> =>
    ipcRenderer.invoke('control', name, argument),
  /** Where a file lies that a person chose; empty for one that lies nowhere. */
  pathOf: (file: File): string => webUtils.getPathForFile(file),
  onEvent: (listener: (event: unknown) => void): (() => void) => {
    const hear = (_: unknown, event: unknown): void => {
      listener(event);
    };
    ipcRenderer.on('control-event', hear);
    return () => {
      ipcRenderer.removeListener('control-event', hear);
    };
  },
});
