import type { BaseWindow, WebContentsView } from 'electron';
import type { StreamView, WallView } from '#shared/document/view.ts';
import type { Clock } from '#shared/kernel/clock.ts';
import type { Logger } from '#shared/kernel/logger.ts';
import type { StreamId, TileId } from '#shared/model/ids.ts';
import type { SignalName, WallShape } from '#shared/protocol/ipc-contract.ts';
import type { TileReport } from '#shared/protocol/tile-report.ts';
import type { TileLevel, TileStill } from '#shared/protocol/tile-still.ts';
import type { BackgroundScene, FrameCount, OverlayScene } from '#shared/protocol/wall-layers.ts';
import { createSiteWindow } from '../windows/site-window.ts';
import { openWallWindow, type WallPlace } from '../windows/wall-window.ts';
import { captureStill } from './capture-tile.ts';
import type { LocalRules } from './local-sources.ts';
import { captureViews } from './layer-views-capture.ts';
import { createLayer } from './layer-views-layer.ts';
import { overlayScene } from './overlay-scene.ts';
import type { SitesSession } from './page-views-session.ts';
import { createPageViews } from './page-views.ts';
import { hostedTiles } from './plan-wall-hosts.ts';
import { TILES_PER_PAGE } from './assign-player-pages.ts';
import type { PlayerSession } from './player-pages-session.ts';
import { createPlayerPages } from './player-pages.ts';
import { hintsFor, type SiteHint } from './site-hints.ts';
import { createLevels, type Levels } from './levels.ts';
import { createStills, type Stills } from './stills.ts';
import { createTileConductor, type TileConductor } from './tile-conductor.ts';
import type { TileHost, TileListener } from './tile-host.ts';
import type { TileSource } from './tile-source.ts';
import { gather, systemAfter } from './timers.ts';
import { createViewStack, type Level, type ViewStack } from './view-stack.ts';
import type { PixelSize } from './wall-geometry.ts';
import { obeySignal, type SignalOutcome } from './wall-signals.ts';

/** A wall on a screen. */
export type RunningWall = {
  /** Called with every new view; only what changed is done. */
  readonly show: (wall: WallView, streamOf: (id: StreamId) => StreamView | undefined) => void;
  /** Does what a person asks of one tile, now and once. Who may ask is decided before. */
  readonly signal: (tile: TileId, signal: SignalName) => Promise<SignalOutcome>;
  readonly reports: () => readonly TileReport[];
  /** @returns how to stop */
  readonly onReports: (listener: (reports: readonly TileReport[]) => void) => () => void;
  /** The newest small picture of each tile. */
  readonly stills: () => readonly TileStill[];
  /** Pictures are taken while somebody listens. @returns how to stop */
  readonly onStills: (listener: (stills: readonly TileStill[]) => void) => () => void;
  /** How loud the tiles are that are heard, several times a second. @returns how to stop */
  readonly onLevels: (listener: (levels: readonly TileLevel[]) => void) => () => void;
  /** The whole wall as it is on screen now, PNG. */
  readonly capture: () => Promise<Buffer>;
  /** Resolves when every tile of the wall has shown a frame (or false after timeoutMs, or when the wall closes). */
  readonly whenAllPlay: (timeoutMs: number) => Promise<boolean>;
  readonly close: () => Promise<void>;
};

/** A wall whose frames can be counted: each tile's since it was last loaded. */
export type MeasuredWall = RunningWall & { readonly frames: () => ReadonlyMap<TileId, FrameCount> };

export type RunningWallOptions = {
  /** Addresses of our own pages. */
  readonly pages: { readonly player: string; readonly overlay: string; readonly background: string };
  /** Where the built preload scripts are. */
  readonly preloads: { readonly player: string; readonly overlay: string; readonly page: string };
  /** Shared by all walls of this program. */
  readonly sessions: { readonly sites: SitesSession; readonly player: PlayerSession };
  /** `views` gives every tile a page of its own, also where several could share one. */
  readonly tileHost: 'player' | 'views';
  readonly bounds?: WallPlace;
  readonly frameless: boolean;
  /** What may be shown of what lies in the network around. */
  readonly localRules: () => LocalRules;
  /** What is known of sites, by those who made this program and by the operator. */
  readonly siteHints: () => readonly SiteHint[];
  readonly clock: Clock;
  readonly log: Logger;
  /** The wall's size, at the start and whenever it changes. */
  readonly onShape?: (shape: WallShape) => void;
  /** The window is gone, whoever closed it; called once. */
  readonly onClosed: () => void;
};

/** Changes within so long are told as one. */
const GATHER_MS = 30;
const DRAWN_TIMEOUT_MS = 2_000;
const POLL_MS = 50;

/** Opens the window of a wall. Nothing is in it until `show`. */
export async function openRunningWall(options: RunningWallOptions): Promise<MeasuredWall> {
  const window = openWallWindow({ bounds: options.bounds, frameless: options.frameless });
  const inside = createInside(window);
  const listeners = new Set<(reports: readonly TileReport[]) => void>();
  const picture = createPicture(options, inside, (reports) => {
    for (const listener of listeners) listener(reports);
  });
  const { conductor, stills } = picture;
  const site = createSiteWindow(options.sessions.sites);
  watchWindow(window, {
    onResized: () => {
      picture.resize();
      options.onShape?.(inside.wallSize());
    },
    onClosing: () => {
      picture.close();
      site.close();
      listeners.clear();
    },
    onClosed: options.onClosed,
  });
  window.showInactive();
  options.onShape?.(inside.wallSize());
  return Promise.resolve({
    show: picture.show,
    signal: async (tile, signal) =>
      obeySignal({ ...conductor, seen: picture.seen, openSite: site.open }, tile, signal),
    reports: conductor.reports,
    onReports: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stills: stills.newest,
    onStills: stills.onStills,
    onLevels: picture.onLevels,
    frames: () => new Map(conductor.tiles().map(({ tile, frames }) => [tile.id, frames])),
    capture: async () => {
      await picture.whenDrawn(DRAWN_TIMEOUT_MS);
      return captureViews(inside.stack.views(), inside.wallSize());
    },
    whenAllPlay: async (timeoutMs) => whenAllPlay(() => (window.isDestroyed() ? null : conductor), timeoutMs),
    close: async () => {
      if (!window.isDestroyed()) window.close();
      return Promise.resolve();
    },
  });
}

/** All that is drawn in the window: tiles, and the layers over and beneath them. */
type Picture = {
  readonly conductor: TileConductor;
  readonly stills: Stills;
  readonly onLevels: RunningWall['onLevels'];
  readonly seen: TileHost['seen'];
  readonly show: RunningWall['show'];
  readonly resize: () => void;
  readonly whenDrawn: (timeoutMs: number) => Promise<void>;
  readonly close: () => void;
};

function createPicture(
  options: RunningWallOptions,
  inside: Inside,
  onReports: (reports: readonly TileReport[]) => void,
): Picture {
  const layerParts = { ...options, ...inside, preload: options.preloads.overlay, after: systemAfter };
  const overlay = createLayer<OverlayScene>(layerParts, 'overlay', options.pages.overlay);
  const background = createLayer<BackgroundScene>(layerParts, 'background', options.pages.background);
  let wall: WallView | undefined;
  let streamOf: Parameters<RunningWall['show']>[1] = () => undefined;

  const told = gather(systemAfter, GATHER_MS, () => {
    if (wall === undefined) return;
    overlay.draw(overlayScene(wall, conductor.tiles(), streamOf));
    background.draw({ colour: wall.colours.background });
    onReports(conductor.reports());
  });
  const levels = createLevels();
  const { conductor, hosts } = createTiles(options, inside, told.now, levels.hear);
  const lay = (): void => {
    if (wall === undefined) return;
    conductor.set(hostedTiles(wall, streamOf, inside.wallSize(), options.localRules()));
    told.now();
  };
  const seen: TileHost['seen'] = (id) => {
    for (const host of hosts) {
      const where = host.seen(id);
      if (where !== undefined) return where;
    }
    return undefined;
  };
  const stills = createTileStills(options, conductor, seen);
  return {
    conductor,
    stills,
    onLevels: levels.onLevels,
    seen,
    show: (nextWall, nextStreamOf) => {
      wall = nextWall;
      streamOf = nextStreamOf;
      lay();
    },
    resize: () => {
      for (const part of [overlay, background, ...hosts]) part.resize();
      lay();
    },
    whenDrawn: async (timeoutMs) => {
      await Promise.all([overlay.whenDrawn(timeoutMs), background.whenDrawn(timeoutMs)]);
    },
    close: () => {
      told.stop();
      stills.stop();
      conductor.close();
      for (const host of hosts) void host.close();
      overlay.close();
      background.close();
    },
  };
}

/** Small pictures of the tiles that have shown something. */
function createTileStills(
  { clock }: RunningWallOptions,
  conductor: TileConductor,
  seen: TileHost['seen'],
): Stills {
  return createStills({
    after: systemAfter,
    tiles: () =>
      conductor
        .tiles()
        .filter(({ hasShown }) => hasShown)
        .map(({ tile }) => tile.id),
    take: async (tile) => {
      const where = seen(tile);
      return where === undefined ? null : captureStill(tile, where, clock.nowMs);
    },
  });
}

/** The window's inside as the parts of the wall see it. */
type Inside = { readonly stack: ViewStack<WebContentsView>; readonly wallSize: () => PixelSize };

function createInside(window: BaseWindow): Inside {
  return {
    stack: createViewStack<WebContentsView>(window.contentView),
    wallSize: () => {
      // The content's own size: the window's still tells the old one while it is being resized.
      const { width, height } = window.contentView.getBounds();
      return { width, height };
    },
  };
}

/** The hosts, and who leads the tiles that they show. */
function createTiles(
  { pages, preloads, sessions, tileHost, siteHints, clock, log }: RunningWallOptions,
  { stack, wallSize }: Inside,
  onChange: () => void,
  hearLevels: Levels['hear'],
): { readonly conductor: TileConductor; readonly hosts: readonly TileHost[] } {
  const say: TileListener = (said) => {
    conductor.hear(said);
  };
  const player = createPlayerPages({
    url: pages.player,
    preload: preloads.player,
    session: sessions.player,
    addView: (view) => {
      stack.add('player', view);
    },
    removeView: stack.remove,
    wallSize,
    hearLevels,
    perPage: tileHost === 'views' ? 1 : TILES_PER_PAGE,
    clock,
    after: systemAfter,
    say,
    log,
  });
  const views = createPageViews({
    preload: preloads.page,
    sites: sessions.sites,
    addView: (view, source) => {
      stack.add(levelOf(source), view);
    },
    removeView: stack.remove,
    hintsFor: (url) => hintsFor(url, siteHints()),
    after: systemAfter,
    say,
  });
  const conductor = createTileConductor({
    hostFor: (source) => hostFor(source, player, views),
    clock,
    random: Math.random,
    after: systemAfter,
    onChange,
  });
  return { conductor, hosts: [player, views] };
}

function levelOf(source: TileSource): Level {
  if (source.type !== 'layer') return 'page';
  return source.layer === 'background' ? 'beneath' : 'above';
}

function hostFor({ type }: TileSource, player: TileHost, views: TileHost): TileHost | null {
  switch (type) {
    case 'media':
      return player;
    case 'layer':
    case 'page':
    case 'page-media':
      return views;
    case 'fenced':
    case 'unplayable':
      return null;
  }
}

function watchWindow(
  window: BaseWindow,
  on: { readonly onResized: () => void; readonly onClosing: () => void; readonly onClosed: () => void },
): void {
  const { contentView } = window;
  let isClosing = false;
  const close = (): void => {
    if (isClosing) return;
    isClosing = true;
    contentView.off('bounds-changed', on.onResized);
    on.onClosing();
  };
  contentView.on('bounds-changed', on.onResized);
  // While the window is still there, its views are taken from it one by one. A window that is destroyed says only that.
  window.once('close', close);
  window.once('closed', () => {
    close();
    on.onClosed();
  });
}

/** @param conductor null once the wall is closed */
async function whenAllPlay(conductor: () => TileConductor | null, timeoutMs: number): Promise<boolean> {
  const untilMs = performance.now() + timeoutMs;
  for (;;) {
    const tiles = conductor()?.tiles();
    if (tiles === undefined) return false;
    if (tiles.length > 0 && tiles.every(({ hasShown }) => hasShown)) return true;
    if (performance.now() >= untilMs) return false;
    await new Promise<void>((resolve) => systemAfter(POLL_MS, resolve));
  }
}
