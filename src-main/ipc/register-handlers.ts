import { ipcMain, type WebContents } from 'electron';
import type { ControlEvent } from '#shared/protocol/ipc-contract.ts';
import type { Logger } from '#shared/kernel/logger.ts';
import { oneAtATime } from '#shared/kernel/one-at-a-time.ts';
import { APP_ORIGIN } from '../windows/app-pages.ts';
import { answerControl, type ControlHandlers } from './answer-control.ts';

/**
 * Connects the control window to what answers it. Only the top frame of that very window, showing our own page, is heard.
 * @returns how to stop
 */
export function registerControlHandlers(options: {
  readonly handlers: ControlHandlers;
  /** The control window's contents while it is open. */
  readonly controlContents: () => WebContents | undefined;
  readonly onEvent: (listener: (event: ControlEvent) => void) => () => void;
  readonly log: Logger;
}): () => void {
  const { handlers, controlContents, onEvent, log } = options;
  ipcMain.handle('control', async (event, name: unknown, argument: unknown) => {
    const contents = controlContents();
    const isOurs =
      contents !== undefined &&
      event.sender === contents &&
      event.senderFrame === contents.mainFrame &&
      event.senderFrame.url.startsWith(`${APP_ORIGIN}/control.html`);
    if (!isOurs) {
      log.warn('A request of a page that may not make one was refused.', { url: event.senderFrame?.url });
      throw new Error('This page may not ask that.');
    }
    return answerControl(handlers, name, argument);
  });
  // Sending lets other work run first, which may send, too.
  const send = oneAtATime((event: ControlEvent) => {
    const contents = controlContents();
    if (contents !== undefined && !contents.isDestroyed() && !contents.isCrashed())
      contents.send('control-event', event);
  });
  const stopEvents = onEvent(send);
  return () => {
    stopEvents();
    ipcMain.removeHandler('control');
  };
}
