import { WebContentsView, type WebContents } from 'electron';
import type { TileFault } from '#shared/protocol/tile-report.ts';
import type { TileLevel } from '#shared/protocol/tile-still.ts';
import type { FrameHints, TileEvent } from '#shared/protocol/wall-layers.ts';
import { mayNavigate } from './navigation-fence.ts';
import { goneFault, loadFault, statusFault } from './page-faults.ts';
import { revealClosedTrees } from './page-views-closed-trees.ts';
import { conductFrames } from './page-views-frames.ts';
import { endIfTooLarge } from './page-views-memory.ts';
import type { SitesSession } from './page-views-session.ts';
import type { HostedTile } from './tile-host.ts';
import type { TileSource } from './tile-source.ts';
import type { After } from './timers.ts';

/** One load of somebody's page in a view of its own. */
export type OpenPage = {
  readonly view: WebContentsView;
  /** What it was asked to show. */
  readonly url: string;
  readonly type: TileSource['type'];
  readonly adjust: (tile: HostedTile) => void;
  /** It is only looked at from now on: silent, and nothing more is said of it. */
  readonly rest: () => void;
  readonly isAlive: () => boolean;
  /** Ends it if it uses more than a page may. */
  readonly limitMemory: (byProcess: ReadonlyMap<number, number>) => void;
  /** If it is this page that led to a file to be stored, and there is no page yet, there will be none. */
  readonly refuseDownload: (of: WebContents) => void;
  /** Ends its processes; the view shows nothing any more. */
  readonly close: () => void;
};

export type OpenPageParts = {
  readonly preload: string;
  readonly sites: SitesSession;
  /** What is known of the site of an address. */
  readonly hintsFor: (url: string) => FrameHints;
  /** How loud one page's tile is; empty when it is not heard any more. */
  readonly hearLevels: (page: string, levels: readonly TileLevel[]) => void;
  readonly after: After;
};

/** A page gets so long to show its media by itself before it is looked through from outside; and again so long. */
const LOOK_DEEPER_MS = 3_500;

export function openPage(
  parts: OpenPageParts,
  tile: HostedTile,
  attempt: number,
  tell: (event: TileEvent) => void,
): OpenPage {
  const { url } = tile.source;
  const view = createView(parts, tile.source.type === 'layer');
  const contents = view.webContents;
  let localHosts = tile.localHosts;
  const dismiss = parts.sites.fence(contents.id, () => localHosts);
  let isHeard = true;
  const say = (event: TileEvent): void => {
    if (event.type === 'frames' && tile.source.type === 'layer') view.setVisible(true);
    if (isHeard) tell(event);
  };
  const fail = failing(say);
  const hearLevel = levelTeller(parts, contents.id, tile);
  const frames = conductFrames(contents, tile, attempt, { ...parts, say, hearLevel });
  const hasArrived = fence(contents, url, () => fail('blocked'));
  watch(contents, say, fail);
  const needsMedia = (): boolean => tile.source.type === 'page-media' && !frames.hasMedia();
  const stopLooking = lookDeeper(parts, contents, needsMedia);
  view.setBounds(tile.rect);
  contents.setAudioMuted(!tile.sound.audible);
  const beSilent = (): void => {
    isHeard = false;
    hearLevel(null);
  };
  // Failures are told by `did-fail-load`, with their reason.
  contents.loadURL(url).catch(() => undefined);
  return {
    view,
    url,
    type: tile.source.type,
    adjust: (next) => {
      view.setBounds(next.rect);
      ({ localHosts } = next);
      if (contents.isDestroyed()) return;
      contents.setAudioMuted(!next.sound.audible);
      if (!next.sound.audible) hearLevel(null);
      frames.adjust(next);
    },
    rest: () => {
      beSilent();
      contents.setAudioMuted(true);
    },
    isAlive: () => !contents.isDestroyed() && !contents.isCrashed(),
    limitMemory: (byProcess) => fail(endIfTooLarge(contents, byProcess) ? 'out-of-memory' : null),
    refuseDownload: (of) => fail(of === contents && !hasArrived() ? 'unsupported' : null),
    close: () => {
      beSilent();
      stopLooking();
      dismiss();
      frames.stop();
      if (!contents.isDestroyed()) contents.close();
    },
  };
}

/** Says what is wrong, if anything is. */
const failing =
  (say: (event: TileEvent) => void) =>
  (fault: TileFault | null): void => {
    if (fault !== null) say({ type: 'failed', fault });
  };

/** How loud a page is, told as the levels of a page of its own; null: it is not heard any more. */
function levelTeller({ hearLevels }: OpenPageParts, contentsId: number, { id }: HostedTile) {
  return (peak: number | null): void => {
    hearLevels(`page ${String(contentsId)}`, peak === null ? [] : [{ tile: id, peak }]);
  };
}

/** A page of the web gets a process of its own, and nothing of this machine. */
function createView({ preload, sites }: OpenPageParts, isLayer: boolean): WebContentsView {
  const view = new WebContentsView({
    webPreferences: {
      session: sites.session,
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      // The preload, not Node: media may be in any frame.
      nodeIntegrationInSubFrames: true,
      webSecurity: true,
      // Also tells the page that it is visible.
      backgroundThrottling: false,
      autoplayPolicy: 'no-user-gesture-required',
      disableDialogs: true,
      navigateOnDragDrop: false,
      // A tile that loads again is not where the operator types.
      focusOnNavigation: false,
      spellcheck: false,
    },
  });
  view.setBackgroundColor(isLayer ? '#00000000' : '#000000');
  // Not before it is dressed: what lies over the whole wall would hide it.
  if (isLayer) view.setVisible(false);
  return view;
}

/** Looks where no script of ours can see, while it is needed. @returns how to stop */
function lookDeeper({ after }: OpenPageParts, contents: WebContents, isNeeded: () => boolean): () => void {
  let stop = (): void => undefined;
  const look = (): void => {
    if (!isNeeded() || contents.isDestroyed()) return;
    void revealClosedTrees(contents);
    stop = after(LOOK_DEEPER_MS, look);
  };
  contents.once('dom-ready', () => {
    stop = after(LOOK_DEEPER_MS, look);
  });
  return () => {
    stop();
  };
}

/** What becomes of the page as a whole, in the words of faults. */
function watch(
  contents: WebContents,
  say: (event: TileEvent) => void,
  fail: (fault: TileFault | null) => void,
): void {
  contents.on('dom-ready', () => {
    say({ type: 'answered' });
  });
  contents.on('did-fail-load', (_event, code, _description, _url, isMainFrame) => {
    if (isMainFrame) fail(loadFault(code));
  });
  contents.on('did-navigate', (_event, _url, status) => {
    fail(statusFault(status));
  });
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
