import type { Command } from '../document/command.ts';
import type { CatalogueView, StreamView, WallView } from '../document/view.ts';
import { createListeners } from '../kernel/listeners.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { StreamId, type WallId } from '../model/ids.ts';
import type {
  ControlAnswer,
  ControlArgument,
  ControlEvent,
  ControlRequest,
  ControlSnapshot,
} from '../protocol/ipc-contract.ts';
import type { Refusal } from '../protocol/refusal.ts';
import type { Replica } from './replica.ts';
import type { ToldChange } from './replica-document.ts';

type DocumentRequest = Extract<
  ControlRequest,
  'send-command' | 'send-commands' | 'open-wall' | 'read-wall' | 'undo' | 'redo'
>;

/** The part of a control room's snapshot that comes from the documents. */
export type DocumentSnapshot = Pick<
  ControlSnapshot,
  'streams' | 'streamers' | 'locations' | 'ignore' | 'events' | 'walls' | 'wall' | 'saving' | 'problems'
>;

/**
 * A replica as a control room sees it: the same on a desk, where the window is another process, and in a browser, where
 * the replica is in the page. What a running wall has to say is not in here.
 */
export type ControlDocuments = {
  readonly snapshot: () => DocumentSnapshot;
  readonly handlers: {
    readonly [R in DocumentRequest]: (argument: ControlArgument<R>) => Promise<ControlAnswer[R]>;
  };
  /** @returns how to stop */
  readonly onEvent: (listener: (event: ControlEvent) => void) => () => void;
  readonly close: () => void;
};

/** @param wall the wall to begin with, open in the replica */
export function createControlDocuments(replica: Replica, wall: WallView): ControlDocuments {
  const { add: onEvent, tell, clear } = createListeners<ControlEvent>();
  let current = wall;
  let lastGroup = 0;
  const follow = (id: WallId) =>
    replica.onWall(id, ({ view }) => {
      current = view;
      tell({ type: 'wall', wall: view });
    });
  let unfollow = follow(wall.id);
  const stops = [
    replica.onCatalogue((change) => {
      for (const event of eventsOf(change)) tell(event);
    }),
    replica.onSaving((saving) => {
      tell({ type: 'saving', saving });
    }),
  ];
  return {
    snapshot: () => snapshotOf(replica, current),
    handlers: {
      'send-command': async (command) => replica.send(command, undoGroup(command)),
      'send-commands': async (commands) => {
        const group = `together ${String(++lastGroup)}`;
        return Promise.all(commands.map(async (command) => replica.send(command, group)));
      },
      'open-wall': async (id) => {
        const opened = await readWall(replica, id);
        if (!opened.ok) return opened;
        unfollow();
        unfollow = follow(id);
        current = opened.value;
        tell({ type: 'wall', wall: current });
        return opened;
      },
      'read-wall': async (id) => readWall(replica, id),
      undo: async () => replica.undo(),
      redo: async () => replica.redo(),
    },
    onEvent,
    close: () => {
      for (const stop of [unfollow, ...stops]) stop();
      clear();
    },
  };
}

/** Only a wall that the catalogue lists: opening any other would make an empty one of that name. */
async function readWall(replica: Replica, id: WallId): Promise<Result<WallView, Refusal>> {
  if (!replica.catalogue().walls.has(id)) {
    return fail({ reason: 'not-found', message: 'There is no such wall (any more).', retryable: false });
  }
  const opened = await replica.openWall(id);
  return opened.ok
    ? ok(opened.value)
    : fail({ reason: 'not-stored', message: opened.error.words, retryable: true });
}

function snapshotOf(replica: Replica, wall: WallView): DocumentSnapshot {
  const catalogue = replica.catalogue();
  return {
    streams: [...catalogue.streams.values()],
    streamers: [...catalogue.streamers.values()],
    locations: [...catalogue.locations.values()],
    ignore: [...catalogue.ignore.values()],
    events: [...catalogue.events.values()],
    walls: [...catalogue.walls.values()],
    wall: replica.wall(wall.id) ?? wall,
    saving: replica.saving(),
    problems: [...catalogue.problems, ...wall.problems],
  };
}

/** A slider that is pulled sends many commands; together they are one step of undo. */
function undoGroup({ document, command }: Command): string | undefined {
  if (document !== 'wall') return undefined;
  return command.type === 'set-volume' || command.type === 'set-zoom'
    ? `${command.type} ${command.tile}`
    : undefined;
}

/** A change of the catalogue as the screen is told of it: only what is not as it was. */
function eventsOf({ view, changed }: ToldChange<CatalogueView>): readonly ControlEvent[] {
  const has = (root: string): boolean => changed === 'everything' || changed[root] !== undefined;
  const streams = changed === 'everything' ? allStreams(view) : changed['streams'];
  return [
    ...(streams !== undefined && streams.size > 0 ? [streamsEvent(view, streams)] : []),
    ...(has('streamers') ? [{ type: 'streamers', streamers: [...view.streamers.values()] } as const] : []),
    ...(has('locations') ? [{ type: 'locations', locations: [...view.locations.values()] } as const] : []),
    ...(has('ignore') ? [{ type: 'ignore', ignore: [...view.ignore.values()] } as const] : []),
    ...(has('events') ? [{ type: 'events', events: [...view.events.values()] } as const] : []),
    ...(has('walls') ? [{ type: 'walls', walls: [...view.walls.values()] } as const] : []),
  ];
}

const allStreams = (view: CatalogueView): ReadonlySet<string> =>
  new Set([...view.streams.values()].map(({ id }) => id));

function streamsEvent(view: CatalogueView, ids: ReadonlySet<string>): ControlEvent {
  const put: StreamView[] = [];
  const removed: StreamId[] = [];
  for (const text of ids) {
    const id = StreamId.parse(text);
    const stream = view.streams.get(id);
    if (stream === undefined) removed.push(id);
    else put.push(stream);
  }
  return { type: 'streams', put, removed };
}
