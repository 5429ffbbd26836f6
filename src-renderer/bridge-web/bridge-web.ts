import { fail } from '#shared/kernel/result.ts';
import type { WallView } from '#shared/document/view.ts';
import type { ControlEvent, ControlSnapshot } from '#shared/protocol/ipc-contract.ts';
import { readShownTiles } from '#shared/protocol/tile-presence.ts';
import { NO_TEAM, readTeamHistory, readTeamMoment } from '#shared/protocol/team-history.ts';
import { createControlDocuments, type ControlDocuments } from '#shared/replica/control-documents.ts';
import { redoRefused } from '#shared/replica/redo-refused.ts';
import { readArchive } from '#shared/replica/read-archive.ts';
import { watchRemoteStills } from '#shared/replica/remote-stills.ts';
import { followFarDelays } from '#shared/replica/far-delays.ts';
import { followShown } from '#shared/replica/follow-shown.ts';
import type { Replica } from '#shared/replica/replica.ts';
import { followViewers } from '#shared/replica/viewer-counts.ts';
import type { ControlBridge } from '../bridge.ts';
import { messages } from './messages.ts';
import { timers, type WebTeam } from './web-team.ts';

export type WebBridgeParts = {
  readonly replica: Replica;
  readonly wall: WallView;
  /** Undefined in a page that came from no sync server. */
  readonly team: WebTeam | undefined;
  readonly version: string;
  /** Goes to where one signs in again as somebody else. */
  readonly leave: () => Promise<void>;
};

/** Small stills of the wall that is looked at, while the page is. */
function watchStills(
  team: WebTeam,
  documents: ControlDocuments,
  tell: (event: ControlEvent) => void,
): () => void {
  let { wall } = documents.snapshot();
  const unfollow = documents.onEvent((event) => {
    if (event.type === 'wall') ({ wall } = event);
  });
  const stop = watchRemoteStills({
    timers,
    nowMs: Date.now,
    tiles: () => (document.hidden ? [] : wall.tiles.map(({ id }) => id)),
    ask: async (tile) => team.thumbnail(wall.id, tile),
    onStill: (still) => tell({ type: 'stills', stills: [still] }),
  });
  return () => {
    unfollow();
    stop();
  };
}

/** How the tiles of the wall that is looked at are doing, and its broadcast, as the machine says whose screen it stands on. */
function watchWall(
  team: WebTeam,
  documents: ControlDocuments,
  tell: (event: ControlEvent) => void,
): () => void {
  let { wall } = documents.snapshot();
  const tiles = followShown({
    timers,
    read: () => readShownTiles(team.others(wall.id)),
    tell: (reports) => tell({ type: 'reports', reports }),
  });
  const delays = followFarDelays({
    timers,
    nowMs: Date.now,
    wall: () => wall.id,
    others: team.others,
    tell,
  });
  const hint = (): void => {
    tiles.hint();
    delays.hint();
  };
  const unfollow = documents.onEvent((event) => {
    if (event.type !== 'wall') return;
    ({ wall } = event);
    hint();
  });
  const stops = [team.onChange(hint), unfollow, tiles.stop, delays.stop];
  hint();
  return () => {
    for (const stop of stops) stop();
  };
}

/** How many watch the streams, as the checkers of the team show it. */
function watchViewers(team: WebTeam, tell: (event: ControlEvent) => void): () => void {
  const counts = followViewers({
    timers,
    nowMs: Date.now,
    states: team.workers,
    tell: (viewers) => tell({ type: 'viewers', viewers }),
  });
  const unfollow = team.onChange(counts.hint);
  counts.hint();
  return () => {
    unfollow();
    counts.stop();
  };
}

/** The bridge of a browser: the other end is a replica in this very page. */
export function createWebBridge({ replica, wall, team, version, leave }: WebBridgeParts): ControlBridge {
  const documents = createControlDocuments(replica, wall);
  const snapshot = (): ControlSnapshot => {
    const read = documents.snapshot();
    return {
      ...read,
      reports: readShownTiles(team?.others(read.wall.id) ?? new Map()),
      ...(team === undefined ? {} : { team: team.state() }),
      notices: [],
      versions: { app: version, electron: '' },
    };
  };
  const refuse = (message: string) =>
    Promise.resolve(fail({ reason: 'not-found', message, retryable: false } as const));
  return {
    open: () => Promise.resolve(snapshot()),
    onEvent: (listener) => {
      const stops = [
        documents.onEvent(listener),
        team?.onChange((state) => listener({ type: 'team', team: state })),
        team && watchStills(team, documents, listener),
        team && watchWall(team, documents, listener),
        team && watchViewers(team, listener),
      ];
      return () => {
        for (const stop of stops) stop?.();
      };
    },
    send: documents.handlers['send-command'],
    sendAll: (commands) => documents.handlers['send-commands']([...commands]),
    openWall: documents.handlers['open-wall'],
    readWall: documents.handlers['read-wall'],
    undo: () => documents.handlers.undo(undefined),
    redo: () => documents.handlers.redo(undefined),
    signal: (signal) => team?.signal(signal) ?? refuse(messages.noScreenHere),
    joinTeam: () => refuse(messages.joinByPage),
    leaveTeam: async () => {
      await leave();
      return { ok: true, value: {} };
    },
    connectTeam: (wanted) => {
      if (wanted) team?.sync.connect();
      else team?.sync.disconnect();
      return Promise.resolve();
    },
    answerStore: async (answer) => team?.sync.answerStore(answer),
    redoRefused: async (which) =>
      redoRefused(replica, which, async ({ document, n }) => team?.dismissRefused(document, n)),
    dismissRefused: async ({ document, n }) => team?.dismissRefused(document, n),
    checkNow: async (streams) => team?.checkNow(streams) ?? refuse(messages.nobodyChecks),
    dismissNotice: () => Promise.resolve(),
    touch: (touch) => team?.touch(touch),
    readArchive: (wanted) => readArchive(replica, team?.ask, wanted),
    readHistory: (wanted) =>
      team === undefined ? Promise.resolve(fail(NO_TEAM)) : readTeamHistory(team.ask, wanted),
    readMoment: (wanted) =>
      team === undefined ? Promise.resolve(fail(NO_TEAM)) : readTeamMoment(team.ask, wanted),
  };
}
