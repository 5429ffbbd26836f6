import type { WallView } from '#shared/document/view.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import {
  DELAY_SIGNAL,
  type ControlEvent,
  type ControlSnapshot,
  type Done,
  type Notice,
} from '#shared/protocol/ipc-contract.ts';
import type { Refusal } from '#shared/protocol/refusal.ts';
import { createControlDocuments, type ControlDocuments } from '#shared/replica/control-documents.ts';
import type { Replica } from '#shared/replica/replica.ts';
import { redoRefused } from '#shared/replica/redo-refused.ts';
import { readArchive } from '#shared/replica/read-archive.ts';
import { followViewers, type ViewerCounts } from '#shared/replica/viewer-counts.ts';
import type { SyncTimers } from '#shared/replica/sync-surroundings.ts';
import { followScreen, type FollowedScreen } from './follow-screen.ts';
import type { ControlHandlers } from './ipc/answer-control.ts';
import type { DataSources } from './sources/data-sources.ts';
import type { DeskStatusChecker } from './status-checker/status-checker.ts';
import type { DemoShelf } from './demo-shelf.ts';
import type { DelayControl } from './delay/delay-control.ts';
import { createListeners } from '#shared/kernel/listeners.ts';
import { createMachineHandlers } from './machine-handlers.ts';
import type { StoredSites } from './sites/stored-sites.ts';
import { followRemoteWall, type RemoteWall } from './team/remote-wall.ts';
import type { TeamConnection } from './team/team-connection.ts';
import type { WallOutputs } from './wall-outputs.ts';
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
  readonly outputs: WallOutputs;
  readonly team: TeamConnection;
  readonly delay: DelayControl;
  readonly sites: StoredSites;
  readonly sources: DataSources;
  readonly status: DeskStatusChecker;
  readonly shelf: Pick<DemoShelf, 'add'>;
  readonly timers: SyncTimers;
  readonly nowMs: () => number;
  readonly dismissNotice: (id: string) => void;
  readonly versions: ControlSnapshot['versions'];
};

export function createControlService(parts: ControlParts): ControlService {
  const { replica, outputs, team } = parts;
  const { add: onEvent, tell, clear } = createListeners<ControlEvent>();
  let notices: readonly Notice[] = [];
  const documents = createControlDocuments(replica, parts.wall);
  const screen = followScreen((wall) => outputs.screen(wall), parts.wall.id, tell);
  let shown = parts.wall;
  const remote = followRemoteWall({
    timers: parts.timers,
    nowMs: parts.nowMs,
    wall: () => shown,
    isHere: (wall) => outputs.screen(wall).running() !== undefined,
    line: (wall) => team.wallLine(wall),
    tell,
  });
  const viewers = followViewers({
    timers: parts.timers,
    nowMs: parts.nowMs,
    states: () => [...team.workers(), parts.status.reads()],
    tell: (changed) => tell({ type: 'viewers', viewers: changed }),
  });
  const stops = [
    viewers.stop,
    team.onChange(viewers.hint),
    parts.status.onState(viewers.hint),
    documents.onEvent((event) => {
      if (event.type === 'wall') {
        shown = event.wall;
        remote.hint();
      }
      tell(event);
    }),
    remote.stop,
    team.onChange(remote.hint),
    outputs.onState(remote.hint),
    documents.close,
    screen.stop,
    ...tellStates(parts, tell),
  ];
  return {
    handlers: createHandlers({ ...parts, viewers, remote }, documents, screen, () => notices),
    onEvent,
    setNotices: (next) => {
      notices = next;
      tell({ type: 'notices', notices });
    },
    close: () => {
      for (const stop of stops) stop();
      clear();
    },
  };
}

/** What each part of this desk is at, whenever it changes. */
function tellStates(parts: ControlParts, tell: (event: ControlEvent) => void): readonly (() => void)[] {
  return [
    parts.outputs.onState((screens) => {
      tell({ type: 'screens', screens });
    }),
    parts.sources.onState((sources) => {
      tell({ type: 'sources', sources });
    }),
    parts.sites.onList((sites) => {
      tell({ type: 'sites', sites });
    }),
    parts.status.onState((status) => {
      tell({ type: 'status', status });
    }),
    parts.delay.onState((delay) => {
      tell({ type: 'delay', delay });
    }),
    parts.team.onChange((team) => {
      tell({ type: 'team', team });
    }),
  ];
}

function createHandlers(
  parts: ControlParts & { readonly viewers: ViewerCounts; readonly remote: RemoteWall },
  documents: ControlDocuments,
  followed: FollowedScreen,
  notices: () => readonly Notice[],
): ControlHandlers {
  const { outputs, team, delay } = parts;
  return {
    ...documents.handlers,
    ...createMachineHandlers(parts),
    ...createTeamHandlers(team),
    'open-wall': async (wall) => {
      const opened = await documents.handlers['open-wall'](wall);
      if (opened.ok) followed.go(wall);
      return opened;
    },
    'open-control': () => {
      const screen = followed.now();
      const shape = screen.shape();
      return {
        ...documents.snapshot(),
        ...(shape === undefined ? {} : { shape }),
        reports: screen.running() === undefined ? parts.remote.reports() : screen.reports(),
        farDelays: parts.remote.farDelays(),
        stills: screen.stills(),
        viewers: parts.viewers.now(),
        team: team.state(),
        screens: outputs.state(),
        delay: delay.state(),
        sources: parts.sources.state(),
        status: parts.status.state(),
        notices: notices(),
        versions: parts.versions,
      };
    },
    'send-signal': async (wanted) => {
      if (wanted.signal === DELAY_SIGNAL) return team.signal(wanted);
      const { wall, tile, signal } = wanted;
      const outcome = await outputs.screen(wall).signal(tile, signal);
      // Somebody else may show it.
      return outcome.type === 'not-shown' && team.state().type === 'member'
        ? team.signal(wanted)
        : answerOf(outcome);
    },
    'redo-refused': async (which) =>
      redoRefused(parts.replica, which, async (one) => team.dismissRefused(one)),
    'read-archive': async (wanted) => readArchive(parts.replica, team.askServer(), wanted),
    'check-now': (ids) => parts.status.checkNow(ids),
    'dismiss-notice': (id) => {
      parts.dismissNotice(id);
      return undefined;
    },
  };
}

/** What a control room asks of the team, or tells it. */
function createTeamHandlers(team: TeamConnection) {
  return {
    'join-team': async (wanted) => team.join(wanted),
    'leave-team': async () => team.leave(),
    'connect-team': (isWanted) => {
      team.connect(isWanted);
      return undefined;
    },
    'answer-store-question': async (answer) => {
      await team.answerStore(answer);
      return undefined;
    },
    'read-history': async (wanted) => team.history(wanted),
    'read-moment': async (wanted) => team.moment(wanted),
    touch: (touch) => {
      team.touch(touch);
      return undefined;
    },
    'dismiss-refused': async (which) => {
      await team.dismissRefused(which);
      return undefined;
    },
  } satisfies Partial<ControlHandlers>;
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
