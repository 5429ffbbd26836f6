import { BrowserWindow, type WebContents } from 'electron';
import { APP_ORIGIN, appPage } from './app-pages.ts';
import { reloadWhenGone } from './reload-when-gone.ts';

/** Opens the window in which a wall is run. It is known to the caller before its page can say anything. */
export async function openControlWindow(options: {
  readonly preload: string;
  readonly onOpened: (window: BrowserWindow) => void;
  readonly onClosed: () => void;
  /** Its page's process has ended; it is loaded again. */
  readonly onGone: (reason: string) => void;
}): Promise<void> {
  const window = new BrowserWindow({
    title: 'Streamwall',
    width: 1440,
    height: 900,
    minWidth: 720,
    minHeight: 480,
    show: false,
    backgroundColor: '#0b0c0e',
    autoHideMenuBar: true,
    webPreferences: {
      preload: options.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
    },
  });
  options.onOpened(window);
  stayAtHome(window.webContents);
  reloadWhenGone(window.webContents, options.onGone);
  window.once('closed', options.onClosed);
  window.once('ready-to-show', () => {
    window.show();
  });
  await window.loadURL(appPage('control'));
}

/** A page of ours goes nowhere else and opens nothing. */
function stayAtHome(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-navigate', (event) => {
    if (!event.url.startsWith(`${APP_ORIGIN}/`)) event.preventDefault();
  });
  contents.session.setPermissionRequestHandler((_contents, permission, answer) => {
    answer(permission === 'clipboard-sanitized-write');
  });
}
