import type { TileId, WallId } from '#shared/model/ids.ts';
import type { SignalName, WallShape } from '#shared/protocol/ipc-contract.ts';
import type { TileReport } from '#shared/protocol/tile-report.ts';
import type { TileStill } from '#shared/protocol/tile-still.ts';
import type { Replica } from '#shared/replica/replica.ts';
import type { RunningWall } from './wall/running-wall.ts';
import type { SignalOutcome } from './wall/wall-signals.ts';

/** Puts a wall on a screen; told when the person closes its window. */
export type OpenRunningWall = (events: {
  readonly onClosed: () => void;
  readonly onShape: (shape: WallShape) => void;
}) => Promise<RunningWall>;

/** A wall's place on this machine's screen, whether it is there now or not. It shows what the replica says. */
export type WallScreen = {
  /** Puts the wall on the screen, unless it is there. */
  readonly show: () => Promise<RunningWall>;
  /** Does what is asked of one tile, once; never kept for later. Who may ask is decided before. */
  readonly signal: (
    tile: TileId,
    signal: SignalName,
  ) => Promise<SignalOutcome | { readonly type: 'not-shown' }>;
  readonly reports: () => readonly TileReport[];
  readonly shape: () => WallShape | undefined;
  /** @returns how to stop */
  readonly onReports: (listener: (reports: readonly TileReport[]) => void) => () => void;
  readonly onShape: (listener: (shape: WallShape) => void) => () => void;
  /** The newest small picture of each tile. */
  readonly stills: () => readonly TileStill[];
  /** While anybody listens, small pictures of the tiles are taken every few seconds. */
  readonly onStills: (listener: (stills: readonly TileStill[]) => void) => () => void;
  readonly close: () => Promise<void>;
};

export function createWallScreen(replica: Replica, wall: WallId, open: OpenRunningWall): WallScreen {
  const reportListeners = new Set<(reports: readonly TileReport[]) => void>();
  const shapeListeners = new Set<(shape: WallShape) => void>();
  const stillListeners = new Set<(stills: readonly TileStill[]) => void>();
  let opening: Promise<RunningWall> | undefined;
  let running: RunningWall | undefined;
  let shape: WallShape | undefined;
  let stops: (() => void)[] = [];
  let stopStills = (): void => undefined;
  const lookForStills = (): void => {
    stopStills();
    stopStills = () => undefined;
    if (running === undefined || stillListeners.size === 0) return;
    stopStills = running.onStills((stills) => {
      for (const listener of stillListeners) listener(stills);
    });
  };

  const onClosed = (): void => {
    for (const stop of stops) stop();
    stops = [];
    opening = undefined;
    running = undefined;
    lookForStills();
    for (const listener of reportListeners) listener([]);
  };
  const onShape = (next: WallShape): void => {
    shape = next;
    for (const listener of shapeListeners) listener(next);
  };
  const start = async (): Promise<RunningWall> => {
    const opened = await open({ onClosed, onShape });
    const show = (): void => {
      const view = replica.wall(wall);
      const catalogue = replica.catalogue();
      if (view !== undefined) opened.show(view, (id) => catalogue.streams.get(catalogue.resolve(id)));
    };
    stops = [
      replica.onWall(wall, show),
      replica.onCatalogue(show),
      opened.onReports((reports) => {
        for (const listener of reportListeners) listener(reports);
      }),
    ];
    running = opened;
    lookForStills();
    show();
    return opened;
  };

  return {
    show: async () => (opening ??= start()),
    signal: async (tile, signal) => running?.signal(tile, signal) ?? Promise.resolve({ type: 'not-shown' }),
    reports: () => running?.reports() ?? [],
    shape: () => shape,
    onReports: (listener) => {
      reportListeners.add(listener);
      return () => reportListeners.delete(listener);
    },
    onShape: (listener) => {
      shapeListeners.add(listener);
      return () => shapeListeners.delete(listener);
    },
    stills: () => running?.stills() ?? [],
    onStills: (listener) => {
      stillListeners.add(listener);
      lookForStills();
      return () => {
        stillListeners.delete(listener);
        lookForStills();
      };
    },
    close: async () => {
      await opening;
      await running?.close();
    },
  };
}
