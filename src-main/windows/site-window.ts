import { BrowserWindow, type Session, type WebContents } from 'electron';
import type { SitesSession } from '../wall/page-views-session.ts';

/** Shows pages of the web to a person at this machine, so that they log in; with the cookies of the tiles. */
export type SiteWindow = { readonly open: (url: string) => void; readonly close: () => void };

/** A sign-in may open a few windows of its own; so many, and no more. */
const MAX_WINDOWS = 4;

/** One at a time: another address takes the place of the one before. */
export function createSiteWindow(sites: SitesSession): SiteWindow {
  const { session, visited } = sites;
  const windows = new Set<BrowserWindow>();
  const close = (): void => {
    for (const window of windows) window.destroy();
    windows.clear();
  };
  const keep = (window: BrowserWindow): void => {
    windows.add(window);
    window.once('closed', () => windows.delete(window));
    window.webContents.on('did-navigate', (_event, url) => {
      visited(url);
    });
    fence(window.webContents, keep, () => windows.size < MAX_WINDOWS, session);
  };
  return {
    open: (url) => {
      if (!isOfTheWeb(url)) return;
      close();
      const window = new BrowserWindow(appearance(session));
      const { hostname } = new URL(url);
      window.webContents.once(
        'destroyed',
        sites.admit(window.webContents.id, () => [hostname]),
      );
      keep(window);
      // Whoever looks at the window sees that it did not load.
      window.loadURL(url).catch(() => undefined);
    },
    close,
  };
}

function appearance(session: Session): Electron.BrowserWindowConstructorOptions {
  return {
    width: 1100,
    height: 820,
    title: 'Streamwall: log in',
    autoHideMenuBar: true,
    webPreferences: {
      session,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      spellcheck: false,
    },
  };
}

/** A person is here and may go where they like, within the web. */
function fence(
  contents: WebContents,
  keep: (window: BrowserWindow) => void,
  hasRoom: () => boolean,
  session: Session,
): void {
  const guard = (event: { readonly url: string; preventDefault: () => void }): void => {
    if (!isOfTheWeb(event.url) && event.url !== 'about:blank') event.preventDefault();
  };
  contents.on('will-navigate', guard);
  contents.on('will-redirect', guard);
  contents.setWindowOpenHandler(({ url }) =>
    hasRoom() && (isOfTheWeb(url) || url === 'about:blank')
      ? { action: 'allow', overrideBrowserWindowOptions: appearance(session) }
      : { action: 'deny' },
  );
  contents.on('did-create-window', keep);
}

const isOfTheWeb = (url: string): boolean => /^https?:\/\//i.test(url);
