import type { TileId, WallId } from '#shared/model/ids.ts';
import type { WallShape } from '#shared/protocol/ipc-contract.ts';
import type { TileReport } from '#shared/protocol/tile-report.ts';
import type { Replica } from '#shared/replica/replica.ts';
import type { RunningWall } from './wall/running-wall.ts';

/** Puts a wall on a screen; told when the person closes its window. */
export type OpenRunningWall = (events: {
  readonly onClosed: () => void;
  readonly onShape: (shape: WallShape) => void;
}) => Promise<RunningWall>;

/** A wall's place on this machine's screen, whether it is there now or not. It shows what the replica says. */
export type WallScreen = {
  /** Puts the wall on the screen, unless it is there. */
  readonly show: () => Promise<RunningWall>;
  readonly reload: (tile: TileId) => 'done' | 'no-such-tile' | 'not-shown';
  readonly reports: () => readonly TileReport[];
  readonly shape: () => WallShape | undefined;
  /** @returns how to stop */
  readonly onReports: (listener: (reports: readonly TileReport[]) => void) => () => void;
  readonly onShape: (listener: (shape: WallShape) => void) => () => void;
  readonly close: () => Promise<void>;
};

export function createWallScreen(replica: Replica, wall: WallId, open: OpenRunningWall): WallScreen {
  const reportListeners = new Set<(reports: readonly TileReport[]) => void>();
  const shapeListeners = new Set<(shape: WallShape) => void>();
  let opening: Promise<RunningWall> | undefined;
  let running: RunningWall | undefined;
  let shape: WallShape | undefined;
  let stops: (() => void)[] = [];

  const onClosed = (): void => {
    for (const stop of stops) stop();
    stops = [];
    opening = undefined;
    running = undefined;
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
    show();
    return opened;
  };

  return {
    show: async () => (opening ??= start()),
    reload: (tile) => (running === undefined ? 'not-shown' : running.reload(tile) ? 'done' : 'no-such-tile'),
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
    close: async () => {
      await opening;
      await running?.close();
    },
  };
}
