import type { TileId, WallId } from '#shared/model/ids.ts';
import type { SignalName, WallShape } from '#shared/protocol/ipc-contract.ts';
import type { TileReport } from '#shared/protocol/tile-report.ts';
import type { TileLevel, TileStill } from '#shared/protocol/tile-still.ts';
import type { Replica } from '#shared/replica/replica.ts';
import { createListeners } from '#shared/kernel/listeners.ts';
import type { RunningWall } from './wall/running-wall.ts';
import type { SignalOutcome } from './wall/wall-signals.ts';

/** Puts a wall on a screen; told when the person closes its window. */
export type OpenRunningWall = (events: {
  readonly onClosed: () => void;
  readonly onShape: (shape: WallShape) => void;
  /** Nobody but this desk writes what the wall shows. */
  readonly isAlone: () => boolean;
}) => Promise<RunningWall>;

/** A wall's place on this machine's screen, whether it is there now or not. It shows what the replica says. */
export type WallScreen = {
  /** Puts the wall on the screen, unless it is there. It is open in the replica. */
  readonly show: () => Promise<RunningWall>;
  /** The wall as it stands on the screen; undefined while it does not. */
  readonly running: () => RunningWall | undefined;
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
  /** How loud the tiles are that are heard, several times a second. */
  readonly onLevels: (listener: (levels: readonly TileLevel[]) => void) => () => void;
  readonly close: () => Promise<void>;
};

export function createWallScreen(replica: Replica, wall: WallId, open: OpenRunningWall): WallScreen {
  const reports = createListeners<readonly TileReport[]>();
  const shapes = createListeners<WallShape>();
  const stills = createWhileWanted<readonly TileStill[]>((running, tell) => running.onStills(tell));
  const levels = createListeners<readonly TileLevel[]>();
  let opening: Promise<RunningWall> | undefined;
  let running: RunningWall | undefined;
  let shape: WallShape | undefined;
  let stops: (() => void)[] = [];

  const onClosed = (): void => {
    for (const stop of stops) stop();
    stops = [];
    opening = undefined;
    running = undefined;
    stills.from(undefined);
    reports.tell([]);
    levels.tell([]);
  };
  const onShape = (next: WallShape): void => {
    shape = next;
    shapes.tell(next);
  };
  const start = async (): Promise<RunningWall> => {
    const opened = await open({ onClosed, onShape, isAlone: () => replica.sync.team() === null });
    const show = (): void => {
      const view = replica.wall(wall);
      const catalogue = replica.catalogue();
      if (view !== undefined) opened.show(view, (id) => catalogue.streams.get(catalogue.resolve(id)));
    };
    stops = [
      replica.onWall(wall, show),
      replica.onCatalogue(show),
      opened.onReports(reports.tell),
      opened.onLevels(levels.tell),
    ];
    running = opened;
    stills.from(opened);
    show();
    return opened;
  };

  return {
    show: async () => (opening ??= start()),
    running: () => running,
    signal: async (tile, signal) => running?.signal(tile, signal) ?? Promise.resolve({ type: 'not-shown' }),
    reports: () => running?.reports() ?? [],
    shape: () => shape,
    onReports: reports.add,
    onShape: shapes.add,
    stills: () => running?.stills() ?? [],
    onStills: stills.add,
    onLevels: levels.add,
    close: async () => {
      await opening;
      await running?.close();
    },
  };
}

/** What a running wall makes only while somebody wants it, whichever wall runs at the time. */
function createWhileWanted<T>(listen: (running: RunningWall, tell: (value: T) => void) => () => void) {
  let running: RunningWall | undefined;
  let stop: (() => void) | undefined;
  let wanted = false;
  const listeners = createListeners<T>((count) => {
    wanted = count > 0;
    if (wanted) begin();
    else end();
  });
  const begin = (): void => {
    if (running !== undefined) stop ??= listen(running, listeners.tell);
  };
  const end = (): void => {
    stop?.();
    stop = undefined;
  };
  return {
    add: listeners.add,
    from: (next: RunningWall | undefined): void => {
      end();
      running = next;
      if (wanted) begin();
    },
  };
}
