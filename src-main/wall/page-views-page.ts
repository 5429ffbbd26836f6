import { WebContentsView, type Session, type WebContents } from 'electron';
import type { Logger } from '#shared/kernel/logger.ts';
import type { TileFault } from '#shared/protocol/tile-report.ts';
import type { TileEvent } from '#shared/protocol/wall-layers.ts';
import { mayNavigate } from './navigation-fence.ts';
import { goneFault, loadFault, statusFault } from './page-faults.ts';
import { conductFrames } from './page-views-frames.ts';
import type { HostedTile } from './tile-host.ts';

/** One load of somebody's page in a view of its own. */
export type OpenPage = {
  readonly view: WebContentsView;
  /** What it was asked to show. */
  readonly url: string;
  adjust(tile: HostedTile): void;
  /** It is only looked at from now on: silent, and nothing more is said of it. */
  rest(): void;
  isAlive(): boolean;
  /** It led to a file that is not shown but stored, and nothing is stored here. */
  refuseDownload(of: WebContents): void;
  /** Ends its processes; the view shows nothing any more. */
  close(): void;
};

export type OpenPageOptions = {
  readonly tile: HostedTile;
  readonly attempt: number;
  readonly preload: string;
  readonly session: Session;
  readonly say: (event: TileEvent) => void;
  readonly log: Logger;
};

export function openPage(options: OpenPageOptions): OpenPage {
  const { attempt } = options;
  let tile = options.tile;
  let isOpen = true;
  const view = new WebContentsView({
    webPreferences: {
      session: options.session,
      preload: options.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: true,
      webSecurity: true,
      backgroundThrottling: false,
      autoplayPolicy: 'no-user-gesture-required',
      disableDialogs: true,
      navigateOnDragDrop: false,
      spellcheck: false,
    },
  });
  const contents = view.webContents;
  const say = (event: TileEvent): void => {
    if (isOpen) options.say(event);
  };
  const fail = (fault: TileFault | null): void => {
    if (fault !== null) say({ type: 'failed', fault });
  };
  const frames = conductFrames({ contents, attempt, tile, say, log: options.log });
  view.setBackgroundColor('#000000');
  view.setBounds(tile.rect);
  contents.setAudioMuted(!tile.sound.audible);
  const hasArrived = fence(contents, tile.source.url, () => {
    fail('blocked');
  });
  watch(contents, fail, () => {
    say({ type: 'answered' });
  });
  contents.loadURL(tile.source.url).catch(() => {
    // Told by `did-fail-load`, with its reason.
  });
  return {
    view,
    url: options.tile.source.url,
    adjust: (next) => {
      tile = next;
      view.setBounds(next.rect);
      if (contents.isDestroyed()) return;
      contents.setAudioMuted(!next.sound.audible);
      frames.adjust(next);
    },
    rest: () => {
      isOpen = false;
      if (!contents.isDestroyed()) contents.setAudioMuted(true);
    },
    isAlive: () => !contents.isDestroyed() && !contents.isCrashed(),
    refuseDownload: (of) => {
      if (of === contents && !hasArrived()) fail('unsupported');
    },
    close: () => {
      isOpen = false;
      frames.stop();
      if (!contents.isDestroyed()) contents.close();
    },
  };
}

/** What becomes of the page as a whole, in the words of faults. */
function watch(contents: WebContents, fail: (fault: TileFault | null) => void, onBuilt: () => void): void {
  contents.on('did-fail-load', (_event, code, _description, _url, isMainFrame) => {
    if (isMainFrame) fail(loadFault(code));
  });
  contents.on('did-navigate', (_event, _url, status) => {
    fail(statusFault(status));
  });
  contents.on('dom-ready', onBuilt);
  contents.on('render-process-gone', (_event, { reason }) => {
    fail(goneFault(reason));
  });
  // It would otherwise hold its processor for the night.
  contents.on('unresponsive', () => {
    contents.forcefullyCrashRenderer();
  });
  contents.once('destroyed', () => {
    fail('crashed');
  });
}

/**
 * Keeps the page where it was asked to be: no windows, no dialogs that hold it, no way elsewhere.
 * @returns whether there is a page yet
 */
function fence(contents: WebContents, asked: string, onRefused: () => void): () => boolean {
  let arrived: string | null = null;
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-prevent-unload', (event) => {
    // Allows it to be left, whatever it says.
    event.preventDefault();
  });
  const guard =
    (isRedirect: boolean) =>
    (event: { readonly url: string; readonly isMainFrame: boolean; preventDefault: () => void }): void => {
      const { url: to, isMainFrame } = event;
      if (mayNavigate({ to, asked, arrived, isMainFrame, isRedirect })) return;
      event.preventDefault();
      // Later, a page that may not leave is still there.
      if (isMainFrame && arrived === null) onRefused();
    };
  contents.on('will-frame-navigate', guard(false));
  contents.on('will-redirect', guard(true));
  contents.on('did-navigate', (_event, url) => {
    arrived ??= url;
  });
  contents.on('select-client-certificate', (event) => {
    event.preventDefault();
  });
  contents.on('login', (event, _details, _auth, answer) => {
    event.preventDefault();
    answer();
  });
  return () => arrived !== null;
}
