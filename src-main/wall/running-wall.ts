import type { BaseWindow, WebContentsView } from 'electron';
import type { StreamView, WallView } from '#shared/document/view.ts';
import type { Clock } from '#shared/kernel/clock.ts';
import type { Logger } from '#shared/kernel/logger.ts';
import type { StreamId, TileId } from '#shared/model/ids.ts';
import type { WallShape } from '#shared/protocol/ipc-contract.ts';
import type { TileReport } from '#shared/protocol/tile-report.ts';
import type { FrameCount } from '#shared/protocol/wall-layers.ts';
import { openWallWindow, type WallPlace } from '../windows/wall-window.ts';
import { captureViews } from './layer-views-capture.ts';
import { createWallLayers } from './layer-views-wall.ts';
import { overlayScene } from './overlay-scene.ts';
import { openSitesSession } from './page-views-session.ts';
import { createPageViews } from './page-views.ts';
import { hostedTiles } from './plan-wall-hosts.ts';
import { openPlayerSession } from './player-pages-session.ts';
import { TILES_PER_PAGE } from './assign-player-pages.ts';
import { createPlayerPages } from './player-pages.ts';
import { createTileConductor, type TileConductor } from './tile-conductor.ts';
import type { TileHost, TileListener } from './tile-host.ts';
import type { TileSource } from './tile-source.ts';
import { gather, systemAfter } from './timers.ts';
import { createViewStack, type ViewStack } from './view-stack.ts';
import type { PixelSize } from './wall-geometry.ts';

/** A wall on a screen. */
export type RunningWall = {
  /** Called with every new view; only what changed is done. */
  show(wall: WallView, streamOf: (id: StreamId) => StreamView | undefined): void;
  /** Loads the tile afresh, now. False: there is no such tile here. */
  reload(tile: TileId): boolean;
  reports(): readonly TileReport[];
  /** @returns how to stop */
  onReports(listener: (reports: readonly TileReport[]) => void): () => void;
  /** The whole wall as it is on screen now, PNG. */
  capture(): Promise<Buffer>;
  /** Resolves when every tile of the wall has shown a frame (or false after timeoutMs, or when the wall closes). */
  whenAllPlay(timeoutMs: number): Promise<boolean>;
  close(): Promise<void>;
};

/** A wall whose frames can be counted: each tile's since it was last loaded. */
export type MeasuredWall = RunningWall & { frames(): ReadonlyMap<TileId, FrameCount> };

export type RunningWallOptions = {
  /** Addresses of our own pages. */
  readonly pages: { readonly player: string; readonly overlay: string; readonly background: string };
  /** Where the built preload scripts are. */
  readonly preloads: { readonly player: string; readonly overlay: string; readonly page: string };
  /** `views` gives every tile a page of its own, also where several could share one. */
  readonly tileHost: 'player' | 'views';
  readonly bounds?: WallPlace;
  readonly frameless: boolean;
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

type Shown = {
  readonly wall: WallView;
  readonly streamOf: (id: StreamId) => StreamView | undefined;
};

/** Opens the window of a wall. Nothing is in it until `show`. */
export async function openRunningWall(options: RunningWallOptions): Promise<MeasuredWall> {
  const window = openWallWindow({ bounds: options.bounds, frameless: options.frameless });
  const screen = createScreen(window);
  const listeners = new Set<(reports: readonly TileReport[]) => void>();
  let shown: Shown | undefined;

  const layers = createWallLayers({
    ...options,
    ...screen,
    preload: options.preloads.overlay,
    after: systemAfter,
  });
  const told = gather(systemAfter, GATHER_MS, () => {
    if (shown !== undefined) {
      const overlay = overlayScene(shown.wall, conductor.tiles(), shown.streamOf);
      layers.draw(overlay, { colour: shown.wall.colours.background });
    }
    for (const listener of listeners) listener(conductor.reports());
  });
  const { conductor, hosts } = createTiles(options, screen, told.now);
  const lay = (): void => {
    if (shown === undefined) return;
    conductor.set(hostedTiles(shown.wall, shown.streamOf, screen.wallSize()));
    told.now();
  };
  watchWindow(window, {
    onResized: () => {
      layers.resize();
      for (const host of hosts) host.resize();
      lay();
      options.onShape?.(screen.wallSize());
    },
    onClosing: () => {
      told.stop();
      conductor.close();
      for (const host of hosts) void host.close();
      layers.close();
      listeners.clear();
    },
    onClosed: options.onClosed,
  });
  window.showInactive();
  options.onShape?.(screen.wallSize());
  return Promise.resolve({
    show: (wall, streamOf) => {
      shown = { wall, streamOf };
      lay();
    },
    reload: conductor.reload,
    reports: conductor.reports,
    onReports: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    frames: () => new Map(conductor.tiles().map(({ tile, frames }) => [tile.id, frames])),
    capture: async () => {
      await layers.whenDrawn(DRAWN_TIMEOUT_MS);
      return captureViews(screen.stack.views(), screen.wallSize());
    },
    whenAllPlay: async (timeoutMs) => whenAllPlay(() => (window.isDestroyed() ? null : conductor), timeoutMs),
    close: async () => {
      if (!window.isDestroyed()) window.close();
      return Promise.resolve();
    },
  });
}

/** The window's inside as the parts of the wall see it. */
type Screen = { readonly stack: ViewStack<WebContentsView>; readonly wallSize: () => PixelSize };

function createScreen(window: BaseWindow): Screen {
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
  { pages, preloads, tileHost, clock, log }: RunningWallOptions,
  { stack, wallSize }: Screen,
  onChange: () => void,
): { readonly conductor: TileConductor; readonly hosts: readonly TileHost[] } {
  const say: TileListener = (said) => {
    conductor.hear(said);
  };
  const player = createPlayerPages({
    url: pages.player,
    preload: preloads.player,
    session: openPlayerSession(),
    addView: (view) => {
      stack.add('player', view);
    },
    removeView: stack.remove,
    wallSize,
    perPage: tileHost === 'views' ? 1 : TILES_PER_PAGE,
    clock,
    after: systemAfter,
    say,
    log,
  });
  const views = createPageViews({
    preload: preloads.page,
    session: openSitesSession(),
    addView: (view) => {
      stack.add('page', view);
    },
    removeView: stack.remove,
    say,
    log,
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

function hostFor({ type }: TileSource, player: TileHost, views: TileHost): TileHost | null {
  switch (type) {
    case 'media':
      return player;
    case 'page':
    case 'page-media':
      return views;
    case 'unplayable':
      return null;
  }
}

function watchWindow(
  window: BaseWindow,
  on: { readonly onResized: () => void; readonly onClosing: () => void; readonly onClosed: () => void },
): void {
  window.contentView.on('bounds-changed', on.onResized);
  // While the window is still there: its views are taken from it one by one, and their processes end.
  window.once('close', () => {
    window.contentView.off('bounds-changed', on.onResized);
    on.onClosing();
  });
  window.once('closed', on.onClosed);
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
