import type { StreamView, WallView } from '#shared/document/view.ts';
import type { StreamId, TileId } from '#shared/model/ids.ts';
import type { SignalName, WallShape } from '#shared/protocol/ipc-contract.ts';
import type { TileReport } from '#shared/protocol/tile-report.ts';
import type { TileLevel, TileStill } from '#shared/protocol/tile-still.ts';
import type { ScreenRect, WallDress, WallPlacement } from '#shared/protocol/wall-output.ts';
import { createListeners } from '#shared/kernel/listeners.ts';
import type { Displays } from '../windows/displays.ts';
import { createSiteWindow } from '../windows/site-window.ts';
import { openWallWindow } from '../windows/wall-window.ts';
import type { TileConductor } from './tile-conductor.ts';
import { systemAfter } from './timers.ts';
import type { WallParts } from './wall-parts.ts';
import { createWallPicture } from './wall-picture.ts';
import { obeySignal, type SignalOutcome } from './wall-signals.ts';

/** A wall on a screen. */
export type RunningWall = {
  /** Called with every new view; only what changed is done. */
  readonly show: (wall: WallView, streamOf: (id: StreamId) => StreamView | undefined) => void;
  /** Does what a person asks of one tile, now and once. Who may ask is decided before. */
  readonly signal: (tile: TileId, signal: SignalName) => Promise<SignalOutcome>;
  /** Moves it. Whether it has a frame is decided when it is opened. */
  readonly place: (placement: WallPlacement) => void;
  /** How it sounds, and what is drawn over it, on this machine. */
  readonly dress: (dress: WallDress) => void;
  /** Where its picture is on the screens of this machine. */
  readonly at: () => ScreenRect;
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

/** Where a wall is to stand on this machine and how it is to sound and look there, and what becomes of that. */
export type WallManner = {
  readonly placement: WallPlacement;
  /** How many walls stand on the screens already. */
  readonly step: number;
  readonly dress: WallDress;
  /** A person moved its window. */
  readonly onPlaced: (placement: WallPlacement) => void;
  /** Its window stands somewhere else now. */
  readonly onMoved: () => void;
  /** Whether the sound output that was chosen is there. */
  readonly onSoundOutput: (found: boolean) => void;
};

export type RunningWallOptions = WallParts &
  WallManner & {
    readonly displays: Displays;
    /** The wall's size, at the start and whenever it changes. */
    readonly onShape: (shape: WallShape) => void;
    /** The window is gone, whoever closed it; called once. */
    readonly onClosed: () => void;
  };

const POLL_MS = 50;

/** Opens the window of a wall. Nothing is in it until `show`. */
export async function openRunningWall(options: RunningWallOptions): Promise<RunningWall> {
  const reports = createListeners<readonly TileReport[]>();
  const site = createSiteWindow(options.sessions.sites);
  const { window, place, at } = openWallWindow({
    ...options,
    onResized: () => {
      picture.resize();
      options.onShape(picture.size());
    },
    onClosing: () => {
      picture.close();
      site.close();
      reports.clear();
    },
  });
  const picture = createWallPicture(options, window, {
    reports: reports.tell,
    soundOutput: options.onSoundOutput,
  });
  picture.dress(options.dress);
  const { conductor, stills } = picture;
  window.showInactive();
  options.onShape(picture.size());
  return Promise.resolve({
    show: picture.show,
    signal: async (tile, signal) =>
      obeySignal({ ...conductor, ...picture, openSite: site.open }, tile, signal),
    place,
    dress: picture.dress,
    at,
    reports: conductor.reports,
    onReports: reports.add,
    stills: stills.newest,
    onStills: stills.onStills,
    onLevels: picture.onLevels,
    capture: picture.capture,
    whenAllPlay: async (timeoutMs) => whenAllPlay(() => (window.isDestroyed() ? null : conductor), timeoutMs),
    close: async () =>
      new Promise((resolve) => {
        if (window.isDestroyed()) {
          resolve();
          return;
        }
        window.once('closed', () => {
          resolve();
        });
        window.close();
      }),
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
