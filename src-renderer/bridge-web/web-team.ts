import { readWorkerPresence, type WorkerPresence } from '#shared/protocol/worker-presence.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { StreamId, TileId, WallId } from '#shared/model/ids.ts';
import type { Done, WallSignal } from '#shared/protocol/ipc-contract.ts';
import type { Refusal } from '#shared/protocol/refusal.ts';
import type { SignalAnswer } from '#shared/protocol/sync-messages.ts';
import type { AskServer } from '#shared/protocol/team-history.ts';
import { listPeople, type Touch } from '#shared/protocol/team-presence.ts';
import type { RefusedView, TeamState } from '#shared/protocol/team-state.ts';
import { readIntent } from '#shared/replica/intent.ts';
import { createOwnPresence, type Own } from '#shared/replica/own-presence.ts';
import type { Replica } from '#shared/replica/replica.ts';
import type { DocumentName, RefusedEdit } from '#shared/replica/replica-store.ts';
import { createSyncClient, type SyncClient } from '#shared/replica/sync-client.ts';
import type { SocketOpener, SyncTimers } from '#shared/replica/sync-surroundings.ts';
import type { AccountDoor } from './account-door.ts';
import { messages } from './messages.ts';
import { jpegUrl } from '#shared/replica/remote-stills.ts';

/** A browser's replica and the server that its page came from. */
export type WebTeam = {
  readonly sync: SyncClient;
  readonly state: () => TeamState;
  /** @returns how to stop */
  readonly onChange: (listener: (state: TeamState) => void) => () => void;
  readonly dismissRefused: (document: DocumentName, n: number) => Promise<void>;
  /** Asks whoever shows that wall. */
  readonly signal: (signal: WallSignal) => Promise<Result<Done, Refusal>>;
  /** A small still of a tile of a wall elsewhere, if somebody shows it. */
  readonly thumbnail: (wall: WallId, tile: TileId) => Promise<SignalAnswer>;
  /** What everybody at that wall shows of themselves. */
  readonly others: (wall: WallId) => ReadonlyMap<number, unknown>;
  /** Lets others see one under this name. */
  readonly setName: (name: string) => void;
  /** What others at the catalogue show of checking streams. */
  readonly workers: () => readonly WorkerPresence[];
  /** Asks the server's API, below /api/v1, as whoever is in. */
  readonly ask: AskServer;
  /** Lets others see where the hands of whoever is here are. */
  readonly touch: (touch: Touch | null) => void;
  /** Asks the team's checkers; undefined where there is none. */
  readonly checkNow: (streams: readonly StreamId[]) => Result<Done, Refusal> | undefined;
  readonly close: () => void;
};

const MAX_WALLS = 60;
const NO_OUTPUT: SignalAnswer = { id: '', outcome: 'no-output' };

const openSocket: SocketOpener = (pass) => ({
  webSocket: WebSocket,
  query: 'ticket' in pass ? { ticket: pass.ticket } : {},
});

export const timers: SyncTimers = {
  after: (ms, task) => {
    const timer = setTimeout(task, ms);
    return () => clearTimeout(timer);
  },
};

export function createWebTeam(parts: {
  readonly replica: Replica;
  readonly account: AccountDoor;
  readonly server: string;
}): WebTeam {
  const { replica, account, server } = parts;
  const sync = createSyncClient({ replica, server, credentials: account.pass, openSocket, timers });
  const state = (): TeamState => ({
    type: 'member',
    server,
    sync: sync.state(),
    refused: refused.now(),
    people: listPeople(documents.names().map((name) => sync.presence(name).others())),
    isKeySealed: true,
  });
  const { tell, ...hearers } = createHearers(state);
  const documents = followDocuments(sync, tell);
  const followWalls = (): void => wallNames(replica).forEach(documents.follow);
  const refused = keepRefused(replica, tell);
  const isFollowed = (wall: WallId): boolean => documents.names().includes(`wall:${wall}`);
  documents.follow('catalogue');
  followWalls();
  const stops = [
    sync.onState(tell),
    replica.onCatalogue(followWalls),
    replica.sync.onUnsaved(({ replaced }) => {
      if (replaced) void refused.read();
    }),
  ];
  void refused.read();
  return {
    sync,
    state,
    onChange: hearers.add,
    dismissRefused: async (document, n) => {
      await replica.dismissRefused(document, n);
      return refused.read();
    },
    signal: async (wanted) =>
      isFollowed(wanted.wall) ? askWall(sync, wanted) : noScreen(messages.noScreenHere),
    thumbnail: async (wall, tile) =>
      isFollowed(wall) ? sync.signal(`wall:${wall}`, { tile, signal: 'thumbnail' }) : NO_OUTPUT,
    others: (wall) => (isFollowed(wall) ? sync.presence(`wall:${wall}`).others() : new Map()),
    workers: () => [...readWorkerPresence(sync.presence('catalogue').others()).values()],
    ask: async (path) => account.ask('GET', path),
    setName: (name) => documents.setOwn({ name }),
    touch: (touch) => documents.setOwn({ touch }),
    checkNow: (streams) => {
      if (!hasChecker(sync)) return undefined;
      documents.setOwn({ work: { checkNow: { ids: [...streams], n: Date.now() } } });
      return ok({ words: messages.asked });
    },
    close: () => {
      for (const stop of stops) stop();
      hearers.clear();
      sync.close();
    },
  };
}

/** What the server refused, as it was last read. */
function keepRefused(replica: Replica, onRead: () => void) {
  let refused: readonly RefusedView[] = [];
  return {
    now: () => refused,
    read: async (): Promise<void> => {
      const found = await replica.refused();
      if (found.ok) refused = found.value.map(viewOf);
      onRead();
    },
  };
}

/** Whether somebody is here who finds out what is live. */
function hasChecker(sync: SyncClient): boolean {
  const others = readWorkerPresence(sync.presence('catalogue').others());
  return [...others.values()].some(({ checker }) => checker !== undefined);
}

/** Those who want to hear of something that is worked out anew each time. */
function createHearers<T>(now: () => T) {
  const listeners = new Set<(state: T) => void>();
  return {
    tell: (): void => {
      for (const listener of [...listeners]) listener(now());
    },
    add: (listener: (state: T) => void): (() => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    clear: () => listeners.clear(),
  };
}

/** The documents that are kept in step, at each of which one is seen under the same name. */
function followDocuments(sync: SyncClient, onChange: () => void) {
  const followed = new Set<DocumentName>();
  const show = createOwnPresence((name) => sync.presence(name));
  let own: Own = { touch: null, shown: new Map() };
  return {
    names: (): readonly DocumentName[] => [...followed],
    follow: (name: DocumentName): void => {
      if (followed.has(name)) return;
      followed.add(name);
      sync.follow(name);
      sync.presence(name).onChange(onChange);
      show(followed, own);
    },
    setOwn: (more: Partial<Own>): void => {
      own = { ...own, ...more };
      show(followed, own);
    },
  };
}

/** Every wall that the catalogue lists, so that each is here when one goes to it. */
function wallNames(replica: Replica): readonly DocumentName[] {
  const walls = [...replica.catalogue().walls.values()].filter(({ archived }) => !archived);
  return walls.slice(0, MAX_WALLS).map(({ id }) => `wall:${id}` as const);
}

async function askWall(sync: SyncClient, { wall, ...wanted }: WallSignal): Promise<Result<Done, Refusal>> {
  const { outcome, words, picture } = await sync.signal(`wall:${wall}`, wanted);
  if (outcome === 'done')
    return ok({
      ...(words === undefined ? {} : { words }),
      ...(picture === undefined ? {} : { image: jpegUrl(picture) }),
    });
  return noScreen(words ?? messages.signalRefused[outcome]);
}

const noScreen = (message: string): Result<Done, Refusal> =>
  fail({ reason: 'not-found', message, retryable: true });

function viewOf({ document, n, reason, refusedAtMs, command }: RefusedEdit): RefusedView {
  const intent = readIntent(command);
  const what =
    intent === undefined
      ? messages.anEdit
      : (intent.type === 'command' ? intent.command.command.type : intent.type).replaceAll('-', ' ');
  return { document, n, what, reason, atMs: refusedAtMs };
}
