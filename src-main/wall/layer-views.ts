import { WebContentsView, type Session, type WebContents } from 'electron';
import type { z } from 'zod';
import type { Logger } from '#shared/kernel/logger.ts';
import { oneAtATime } from '#shared/kernel/one-at-a-time.ts';
import { LAYER_SAID, TELL_LAYER } from '#shared/protocol/wall-layers.ts';

/** A view of one of our own pages, with which main talks. */
export type OwnView<Said> = {
  readonly view: WebContentsView;
  readonly tell: (message: unknown) => void;
  /** What the page says, once it is checked to come from our page and to be something it may say. */
  readonly onSaid: (listener: (said: Said) => void) => void;
  readonly close: () => void;
};

export type OwnViewOptions<S extends z.ZodType> = {
  readonly url: string;
  readonly preload: string;
  readonly session?: Session;
  readonly says: S;
  readonly log: Logger;
  /** The page's process is gone, for whatever reason but `close`. */
  readonly onGone: (reason: string) => void;
};

/** Opens one of our own pages in a transparent view: sandboxed, going nowhere, opening nothing, silent to nobody. */
export function openOwnView<S extends z.ZodType>(options: OwnViewOptions<S>): OwnView<z.infer<S>> {
  const view = new WebContentsView({
    webPreferences: {
      preload: options.preload,
      ...(options.session === undefined ? {} : { session: options.session }),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      backgroundThrottling: false,
      autoplayPolicy: 'no-user-gesture-required',
      disableDialogs: true,
      spellcheck: false,
    },
  });
  view.setBackgroundColor('#00000000');
  const contents = view.webContents;
  const listeners = new Set<(said: z.infer<S>) => void>();
  let isOpen = true;
  stayAtHome(contents);
  contents.ipc.on(LAYER_SAID, (event, message: unknown) => {
    const isOurs =
      event.senderFrame === contents.mainFrame && event.senderFrame.url.split(/[?#]/)[0] === options.url;
    const said = options.says.safeParse(message);
    if (!isOurs || !said.success) {
      options.log.warn('A layer of the wall said something that it may not say.', {
        url: event.senderFrame?.url,
      });
      return;
    }
    for (const listener of listeners) listener(said.data);
  });
  const gone = (reason: string): void => {
    if (isOpen) options.onGone(reason);
  };
  contents.on('render-process-gone', (_event, { reason }) => {
    gone(reason);
  });
  contents.on('did-fail-load', (_event, code, description) => {
    if (code !== -3) gone(description);
  });
  contents.loadURL(options.url).catch((error: unknown) => {
    if (isOpen) options.log.warn('A layer of the wall did not load.', { error: String(error) });
  });
  return {
    view,
    // Sending lets other work run first, which may send, too.
    tell: oneAtATime((message: unknown) => {
      if (isOpen && !contents.isDestroyed() && !contents.isCrashed()) contents.send(TELL_LAYER, message);
    }),
    onSaid: (listener) => {
      listeners.add(listener);
    },
    close: () => {
      isOpen = false;
      listeners.clear();
      if (!contents.isDestroyed()) contents.close();
    },
  };
}

function stayAtHome(contents: WebContents): void {
  // Whoever is asked for media by a player's page is shown no certificate of this machine.
  contents.on('select-client-certificate', (event) => {
    event.preventDefault();
  });
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-navigate', (event) => {
    event.preventDefault();
  });
}
