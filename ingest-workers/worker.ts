import { join } from 'node:path';
import type { Clock } from '#shared/kernel/clock.ts';
import type { Logger } from '#shared/kernel/logger.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import { ActorId, type WallId } from '#shared/model/ids.ts';
import type { Replica } from '#shared/replica/replica.ts';
import type { StoreQuestion } from '#shared/protocol/sync-state.ts';
import type { ShownBot } from '#shared/protocol/worker-presence.ts';
import type { SyncClient } from '#shared/replica/sync-client.ts';
import type { AcceptedCopy } from './collect/collector-parts.ts';
import { createTally } from './collect/collector-tally.ts';
import { createCollector, type Collector } from './collect/collector.ts';
import type { AuthorLimit } from './collect/author-limit.ts';
import type { Inbox } from './collect/inbox.ts';
import { savedOnDisk, watchSaved, type SavedWatch } from './collect/saved-watch.ts';
import { createShortLinkResolver } from './collect/short-links.ts';
import { startShortLinkRetries } from './collect/retry-short-links.ts';
import { openSqliteInbox } from './collect/sqlite-inbox.ts';
import { connectToTeam, type TeamServer } from './connect-to-team.ts';
import { openOwnReplica } from './open-own-replica.ts';
import type { Platform, PlatformSurroundings } from './platform.ts';
import type { SafeFetch } from './safe-fetch/fetch-types.ts';
import type { Timers } from './timers.ts';
import { watchSwitches, type Switches } from './watch-switches.ts';
import type { WorkerState } from './worker-state.ts';

export type WorkerOptions = Readonly<{
  /** Names its folder and, alone, its edits. */
  name: 'discord' | 'twitch';
  folder: string;
  server: TeamServer | undefined;
  /** The wall that it looks at, if any. */
  wall: WallId | undefined;
  limit: AuthorLimit;
  createPlatform: (surroundings: PlatformSurroundings) => Platform;
  fetch: SafeFetch;
  copy?: AcceptedCopy;
  /** New links wait until the team's sheet has them. */
  waitsForSheet?: boolean;
  clock: Clock;
  timers: Timers;
  logger: Logger;
}>;

/** A bot with a copy of the catalogue of its own: it goes on without a server, and merges later. */
export type Worker = {
  /** Resolves when it can never go on: with why. */
  readonly turnedAway: Promise<string>;
  readonly state: () => WorkerState;
  /** Resolves when all that was read has its answer. */
  readonly idle: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** Kept in the inbox under a name that no channel has. */
const SEEN_CATALOGUE = ' catalogue';

/** Builds and starts a worker. @returns or why its files cannot be opened */
export async function startWorker(options: WorkerOptions): Promise<Result<Worker, string>> {
  const { name, folder, clock, logger } = options;
  const opened = await openOwnReplica(options);
  if (!opened.ok) return opened;
  const { replica, actor, close } = opened.value;
  const inbox = openSqliteInbox({ file: join(folder, name, 'inbox.db'), clock, logger });
  if (options.wall !== undefined) await replica.openWall(options.wall);
  const worker = await assemble(options, replica, inbox, actor);
  return ok({
    ...worker,
    async stop() {
      await worker.stop();
      await close();
      inbox.close();
      logger.info('stopped');
    },
  });
}

async function assemble(
  options: WorkerOptions,
  replica: Replica,
  inbox: Inbox,
  ownActor: ActorId,
): Promise<Worker> {
  const { server, wall, clock, timers, logger } = options;
  let actor = ownActor;
  let turnAway = (_words: string) => undefined as void;
  const turnedAway = new Promise<string>((resolve) => (turnAway = resolve));
  const hasSeen = () => server === undefined || inbox.mark(SEEN_CATALOGUE) !== undefined;

  const platform = options.createPlatform(surroundingsOf(options, replica, inbox));
  const team: TeamParts | undefined = server && (await joinTeam(server, wall, replica));
  const switches =
    server && watchSwitches(server, { ask: fetch, timers, logger, onChange: () => collector.kick() });
  /** A platform that is switched off is not read, either. */
  const mayWork = () => switches === undefined || !switches.isOff(options.name);
  const tally = createTally();
  const resolveShort = createShortLinkResolver(options.fetch);
  const collector = createCollector({
    ...{ inbox, replica, saved: team?.saved ?? savedOnDisk, tally, timers, logger, resolveShort },
    ...{ platform: platform.answers, ruleOf: platform.ruleOf, users: platform.users },
    ...{ authorLimit: options.limit, copy: options.copy, nowMs: clock.nowMs },
    ...{ waitsForSheet: options.waitsForSheet === true, isOff: switches?.isOff },
    actor: () => actor,
    isReady: () => hasSeen() && mayWork(),
  });
  const state = stateOf({ platform, inbox, tally, sync: team?.sync, switches, nowMs: clock.nowMs });
  const stops = [
    replica.onCatalogue(({ changed }) =>
      platform.lookAgain(changed === 'everything' ? [] : (changed['streams'] ?? [])),
    ),
    startShortLinkRetries({ replica, actor: () => actor, resolve: resolveShort, timers, logger }),
    ...(team === undefined ? [] : [team.saved.stop, team.sync.close]),
    ...(switches === undefined ? [] : [switches.stop]),
  ];
  /** A copy that is nobody's yet joins the server that it was given; one of another team never does by itself. */
  const meetStore = async ({ ownStoreId }: StoreQuestion): Promise<void> => {
    if (ownStoreId === null) await team?.sync.answerStore('yes');
    else
      turnAway(
        'The server holds another team’s streams than this bot’s copy. Give the bot a new data folder.',
      );
  };
  team?.sync.onState(({ line, account }) => {
    if (account !== undefined && account.actor !== actor) {
      actor = ActorId.parse(account.actor);
      replica.actAs(actor, account.role);
    }
    if (line.type === 'turned-away') turnAway(`The server does not let this bot in: ${line.words}`);
    if (line.type === 'asking') void meetStore(line.question);
    if (line.type !== 'in-step' || hasSeen()) return;
    inbox.take([], [{ channel: SEEN_CATALOGUE, last: String(clock.nowMs()) }]);
    collector.kick();
  });
  team?.sync.connect();
  stops.push(showState(options.name, state, team?.sync, timers));
  void platform.start(collector).then((refusal) => {
    if (refusal !== undefined) turnAway(refusal);
  });
  return { turnedAway, state, idle: collector.idle, stop: () => stopAll(platform, collector, stops) };
}

function surroundingsOf(
  { wall, clock, timers, logger }: WorkerOptions,
  replica: Replica,
  inbox: Inbox,
): PlatformSurroundings {
  return {
    catalogue: replica.catalogue,
    wall: () => (wall === undefined ? undefined : replica.wall(wall)),
    listen: async (tile) => {
      if (wall === undefined) return 'no wall is named';
      const sent = await replica.send({ document: 'wall', wall, command: { type: 'listen', tile } });
      return sent.ok || sent.error.reason === 'unchanged' ? undefined : sent.error.message;
    },
    ...{ mark: inbox.mark, clock, timers, logger },
  };
}

type TeamParts = { readonly sync: SyncClient; readonly saved: SavedWatch };

async function joinTeam(server: TeamServer, wall: WallId | undefined, replica: Replica): Promise<TeamParts> {
  const sync = connectToTeam(server, replica);
  sync.follow('catalogue');
  if (wall !== undefined) sync.follow(`wall:${wall}`);
  return { sync, saved: await watchSaved(replica.sync, sync) };
}

async function stopAll(
  platform: Platform,
  collector: Collector,
  stops: readonly (() => void)[],
): Promise<void> {
  await platform.stop();
  await collector.stop();
  for (const stop of stops) stop();
}

type StateParts = {
  readonly platform: Platform;
  readonly inbox: Inbox;
  readonly tally: ReturnType<typeof createTally>;
  readonly sync: SyncClient | undefined;
  readonly switches: Pick<Switches, 'paused'> | undefined;
  readonly nowMs: () => number;
};

const stateOf =
  ({ platform, inbox, tally, sync, switches, nowMs }: StateParts) =>
  (): WorkerState => {
    const now = platform.state();
    const paused = switches?.paused();
    const { received, decided, applied } = inbox.counts();
    const oldest = inbox.waitingAfter(0);
    return {
      platform: now.type,
      behind: now.type === 'connected' ? now.behind : 0,
      server: sync?.state().line.type ?? 'none',
      ...('words' in now ? { words: now.words } : {}),
      ...(paused === undefined ? {} : { words: paused }),
      ...tally.counts(),
      waiting: received + decided + applied,
      oldestWaitingMs: oldest === undefined ? 0 : Math.max(0, nowMs() - oldest.message.atMs),
    };
  };

function shownBot(state: WorkerState): ShownBot {
  const { platform, words, behind, messagesRead, linksFound, outcomes, refusedByReason, waiting } = state;
  return {
    ...{ state: platform, behind, messagesRead, linksFound, outcomes, refused: refusedByReason, waiting },
    ...(words === undefined ? {} : { words: words.slice(0, 500) }),
    lagMs: Math.max(state.lastLagMs, state.oldestWaitingMs),
  };
}

const SHOW_MS = 5_000;

/** Lets the control room see how the bot is. */
function showState(
  name: string,
  state: () => WorkerState,
  sync: SyncClient | undefined,
  timers: Timers,
): () => void {
  let stop = () => undefined as void;
  let shown = '';
  const show = () => {
    const own = { name: `${name} bot`, worker: name, bot: shownBot(state()) };
    if (JSON.stringify(own) !== shown) sync?.presence('catalogue').setOwn(own);
    shown = JSON.stringify(own);
    stop = timers.after(SHOW_MS, show);
  };
  if (sync !== undefined) show();
  return () => stop();
}
