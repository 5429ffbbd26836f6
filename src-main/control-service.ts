import type { Command } from '#shared/document/command.ts';
import type { CatalogueView, StreamView, WallView } from '#shared/document/view.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { StreamId } from '#shared/model/ids.ts';
import type { ControlEvent, ControlSnapshot, Done, Notice } from '#shared/protocol/ipc-contract.ts';
import type { Refusal } from '#shared/protocol/refusal.ts';
import type { Replica } from '#shared/replica/replica.ts';
import type { ToldChange } from '#shared/replica/replica-document.ts';
import type { ControlHandlers } from './ipc/answer-control.ts';
import type { WallScreen } from './wall-screen.ts';

/** What the control window talks to: answers its requests, and tells it of every change. */
export type ControlService = {
  readonly handlers: ControlHandlers;
  /** @returns how to stop */
  readonly onEvent: (listener: (event: ControlEvent) => void) => () => void;
  readonly setNotices: (notices: readonly Notice[]) => void;
  readonly close: () => void;
};

export type ControlParts = {
  readonly replica: Replica;
  /** The wall as it is open in the replica. */
  readonly wall: WallView;
  readonly screen: WallScreen;
  readonly dismissNotice: (id: string) => void;
  readonly versions: ControlSnapshot['versions'];
};

export function createControlService(parts: ControlParts): ControlService {
  const { replica, screen } = parts;
  const listeners = new Set<(event: ControlEvent) => void>();
  let notices: readonly Notice[] = [];
  const tell = (event: ControlEvent): void => {
    for (const listener of [...listeners]) listener(event);
  };
  const stops = [
    replica.onCatalogue((change) => {
      for (const event of eventsOf(change)) tell(event);
    }),
    replica.onWall(parts.wall.id, ({ view }) => {
      tell({ type: 'wall', wall: view });
    }),
    replica.onSaving((saving) => {
      tell({ type: 'saving', saving });
    }),
    screen.onReports((reports) => {
      tell({ type: 'reports', reports });
    }),
    screen.onShape((shape) => {
      tell({ type: 'shape', shape });
    }),
    screen.onStills((stills) => {
      tell({ type: 'stills', stills });
    }),
  ];
  return {
    handlers: createHandlers(parts, () => notices),
    onEvent: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    setNotices: (next) => {
      notices = next;
      tell({ type: 'notices', notices });
    },
    close: () => {
      for (const stop of stops) stop();
      listeners.clear();
    },
  };
}

function createHandlers(parts: ControlParts, notices: () => readonly Notice[]): ControlHandlers {
  const { replica, screen } = parts;
  const wallId = parts.wall.id;
  return {
    'open-control': () => {
      const catalogue = replica.catalogue();
      const wall = replica.wall(wallId) ?? parts.wall;
      const shape = screen.shape();
      return {
        streams: [...catalogue.streams.values()],
        walls: [...catalogue.walls.values()],
        wall,
        ...(shape === undefined ? {} : { shape }),
        reports: screen.reports(),
        stills: screen.stills(),
        saving: replica.saving(),
        notices: notices(),
        problems: [...catalogue.problems, ...wall.problems],
        versions: parts.versions,
      };
    },
    'send-command': async (command) => replica.send(command, undoGroup(command)),
    undo: async () => replica.undo(),
    redo: async () => replica.redo(),
    'send-signal': async ({ wall, tile, signal }) => {
      const outcome = wall === wallId ? await screen.signal(tile, signal) : ({ type: 'not-shown' } as const);
      return answerOf(outcome);
    },
    'dismiss-notice': (id) => {
      parts.dismissNotice(id);
      return undefined;
    },
  };
}

/** A slider that is pulled sends many commands; together they are one step of undo. */
function undoGroup({ document, command }: Command): string | undefined {
  if (document !== 'wall') return undefined;
  return command.type === 'set-volume' || command.type === 'set-zoom'
    ? `${command.type} ${command.tile}`
    : undefined;
}

function answerOf(outcome: Awaited<ReturnType<WallScreen['signal']>>): Result<Done, Refusal> {
  switch (outcome.type) {
    case 'done': {
      const { words, image } = outcome;
      return ok({ ...(words === undefined ? {} : { words }), ...(image === undefined ? {} : { image }) });
    }
    case 'refused':
      return fail({ reason: 'not-found', message: outcome.words, retryable: true });
    default:
      return fail(signalRefusals[outcome.type]);
  }
}

const signalRefusals = {
  'no-such-tile': {
    reason: 'not-found',
    message: 'That tile is not on the wall any more.',
    retryable: false,
  },
  'not-shown': { reason: 'not-found', message: 'The wall is not on a screen now.', retryable: true },
} as const;

/** A change of the catalogue as the screen is told of it: only what is not as it was. */
function eventsOf({ view, changed }: ToldChange<CatalogueView>): readonly ControlEvent[] {
  const events: ControlEvent[] = [];
  const streams = changed === 'everything' ? allStreams(view) : changed['streams'];
  if (streams !== undefined && streams.size > 0) events.push(streamsEvent(view, streams));
  if (changed === 'everything' || changed['walls'] !== undefined) {
    events.push({ type: 'walls', walls: [...view.walls.values()] });
  }
  return events;
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
