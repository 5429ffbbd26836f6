import { randomUUID } from 'node:crypto';
import type { Clock } from '#shared/kernel/clock.ts';
import type { Logger } from '#shared/kernel/logger.ts';
import { startAudit } from './audit/start-audit.ts';
import type { AnswerStore } from './answers/answer-store.ts';
import { nameActors } from './accounts/name-actors.ts';
import { createPasswords } from './accounts/argon2-passwords.ts';
import { createMeter } from './accounts/actor-meters.ts';
import { createRequestMeter } from './accounts/request-meter.ts';
import { createAccounts } from './accounts/create-accounts.ts';
import type { Quotas } from './accounts/quotas.ts';
import type { ServerConfig } from './config.ts';
import type { FanOut } from './documents/fan-out.ts';
import { OpenRooms } from './documents/open-rooms.ts';
import type { PresenceBoard } from './documents/presence-board.ts';
import { toldHere } from './documents/told-here.ts';
import type { Timers } from './documents/timers.ts';
import { Switchboard } from './flags/switchboard.ts';
import type { AdminInsides } from './gateway/admin/admin-parts.ts';
import { closings } from './gateway/close-codes.ts';
import { watchConnections } from './gateway/watch-connections.ts';
import type { Health } from './gateway/health-routes.ts';
import { createHttpApp, type HttpConfig } from './gateway/http-app.ts';
import { StrangerGate } from './gateway/stranger-gate.ts';
import { SyncGateway } from './gateway/sync-gateway.ts';
import { createWebServer, type WebServer } from './gateway/web-server.ts';
import { createFleet, type Fleet } from './instances/fleet.ts';
import { createInMemoryInstanceBoards } from './instances/in-memory-instance-board.ts';
import type { InstanceBoard } from './instances/instance-board.ts';
import { rememberHealth } from './instances/remember-health.ts';
import {
  connectionLimits,
  MAX_CONNECTIONS,
  MAX_MESSAGE_BYTES,
  MESSAGES_PER_MINUTE,
  presenceLimits,
  roomLimits,
} from './limits.ts';
import type { DependencyTimings } from './metrics/dependency-timings.ts';
import { createRecentActivity } from './metrics/recent-activity.ts';
import { createServerMetrics } from './metrics/server-metrics.ts';
import { openRest, usualStreams, type StreamSettings } from './open-rest.ts';
import type { Store } from './open-store.ts';
import { createSqlDocumentSizes, createSqlDocumentSnapshots } from './postgres/sql-document-sizes.ts';
import { startRounds } from './rounds.ts';
import { startUpkeep, Upkeep } from './upkeep.ts';

export type SyncServer = {
  /** Where it listens, as http://host:port. */
  readonly url: string;
  /** Reads the certificate again. */
  readonly reload: () => Promise<void>;
  /** Takes in nobody any more, stores what it has, says goodbye and ends. */
  readonly stop: () => Promise<void>;
};

export type ServerParts = {
  /** What is left out is as `.env.example` says. */
  readonly config: Pick<ServerConfig, 'host' | 'port' | 'historyDays'> & Partial<WebConfig>;
  readonly store: Store;
  readonly fanOut: FanOut;
  readonly board: PresenceBoard;
  readonly quotas: Quotas;
  /** Both are undefined for one instance by itself. */
  readonly instances?: InstanceBoard;
  readonly answers?: AnswerStore | undefined;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly logger: Logger;
  readonly timings?: DependencyTimings;
};

type WebConfig = HttpConfig & StreamSettings & Pick<ServerConfig, 'requestsPerMinute' | 'accessTokenMinutes'>;

const usualWeb: WebConfig = {
  ...{ tls: undefined, publicUrl: undefined, mayAnybodySignUp: false, corsOrigins: [], proxies: 0 },
  ...{ requestsPerMinute: 6_000, accessTokenMinutes: 1_440, ...usualStreams },
};

const LINGER_MS = 30_000;
const SNAPSHOT_EVERY = 1_000;
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** How long a stop waits for what is not stored yet. */
const DRAIN_MS = 10_000;
const GOODBYE_MS = 2_000;

/** Builds and starts the server. What the parts need to be closed is the caller's. */
export async function createSyncServer(given: ServerParts): Promise<SyncServer> {
  const { fanOut, onStored } = toldHere(given.fanOut);
  const parts = { ...given, fanOut };
  const { quotas, clock, timers, logger, config } = parts;
  const web = { ...usualWeb, ...config };
  const insides = await openInsides(parts, web);
  const { rooms, gateway, accounts, flags, audit, metrics, activity, messages, requests } = insides;
  const isResting = (): boolean => flags.maintenance() !== undefined;
  const rest = openRest({
    ...{ ...parts, rooms, onStored, settings: web, isResting },
    ...{ pausedPlatforms: () => flags.platforms(), audit: audit.recorder },
  });
  const fleet = openFleet(parts, insides);
  const app = createHttpApp({
    ...{ config: web, accounts, quotas, meter: requests, clock, logger, metrics: metrics.write },
    insides: adminInsides(parts, insides, fleet),
    rest: rest?.parts,
    examine: async () => examineAll(parts, rooms),
    watch: {
      answered: (...request) => {
        metrics.request.answered(...request);
        activity.request.answered(...request);
      },
    },
    ownUrl: () => url,
  });
  const { server, ...listener } = await createWebServer(app, web.tls, { timers, logger });
  passUpgrades(server, gateway, (error) => logger.warn('a connection broke', { error: String(error) }));
  const url = await listener.listen(config.host, config.port);
  const meters = [messages];
  const stopRounds = startRounds({
    ...{ rooms, gateway, accounts, meters, flags, activity, fanOut, fleet, timers, logger },
  });
  const stopReports = fleet.start();
  rest?.start();
  const stopUpkeep = startUpkeep(openUpkeep(parts, rooms), timers, logger, isResting);
  return {
    url,
    reload: listener.reload,
    stop: async () => {
      const answered = listener.close();
      gateway.hush();
      const upkeepIsOver = Promise.all([stopUpkeep(), stopReports(), rest?.stop()]);
      const drained = Promise.all([rooms.settled(), answered]);
      await Promise.race([drained, new Promise<void>((resolve) => timers.after(DRAIN_MS, resolve))]);
      stopRounds();
      await gateway.closeAll(closings.stopping, GOODBYE_MS);
      await rooms.close();
      await upkeepIsOver;
      await audit.stop();
      server.closeAllConnections();
    },
  };
}

/** What the server is made of, without what listens to the outside. */
async function openInsides(parts: ServerParts, web: WebConfig) {
  const { store, fanOut, board, quotas, clock, timers, logger } = parts;
  const metrics = createServerMetrics(
    {
      connections: () => gateway.count(),
      documents: () => rooms.count(),
      unsavedBytes: () => rooms.unsavedBytes(),
    },
    parts.timings,
  );
  const activity = createRecentActivity({
    clock,
    connections: () => gateway.count(),
    documents: () => rooms.count(),
    memoryBytes: () => process.memoryUsage.rss(),
  });
  const flags = new Switchboard({ store: store.flags, keys: store.accounts.keys });
  await flags.refresh();
  const rooms = new OpenRooms({
    ...{ log: store.log, fanOut, board, clock, timers, logger, limits: roomLimits, presenceLimits },
    watch: {
      told: (tookMs) => metrics.room.told(tookMs),
      committed: (...what) => {
        metrics.room.committed(...what);
        activity.room.committed(...what);
      },
      refused: (reason) => {
        metrics.room.refused(reason);
        activity.room.refused(reason);
      },
    },
    newBatchId: randomUUID,
    lingerMs: LINGER_MS,
    snapshotEvery: SNAPSHOT_EVERY,
    pauseOf: (actor) => flags.pauseOf(actor)?.reason,
    pausedPlatforms: () => flags.platforms(),
  });
  const storeId = await store.log.storeId();
  const accounts = await createAccounts({
    ...{ stores: store.accounts, storeId, quotas, passwords: createPasswords(), clock },
    accessLastsMs: web.accessTokenMinutes * MINUTE_MS,
  });
  const messages = createMeter('messages', MESSAGES_PER_MINUTE, quotas, clock);
  const requests = createRequestMeter(web.requestsPerMinute, quotas, clock);
  const audit = startAudit({ ...store, clock, timers, logger });
  const gateway = new SyncGateway({
    ...{ rooms, signIn: accounts.signIn, clock, timers, limits: connectionLimits, meter: messages },
    ...{ strangers: new StrangerGate(quotas, clock), proxies: web.proxies },
    onAdmitted: ({ signedIn, address, agent }) =>
      audit.recorder.connected(signedIn.account.actor, address, agent),
    store: { id: storeId, isEmpty: async () => (await store.log.documents()).length === 0 },
    othersAreStale: () => fanOut.state() === 'disconnected',
    watch: watchConnections(metrics.connection, logger),
    maxMessageBytes: MAX_MESSAGE_BYTES,
    maxConnections: MAX_CONNECTIONS,
  });
  return { rooms, gateway, accounts, flags, audit, metrics, activity, messages, requests };
}

type Insides = Awaited<ReturnType<typeof openInsides>>;

/** What this instance and the others say of themselves. */
function openFleet(parts: ServerParts, { gateway, activity, rooms }: Insides): Fleet {
  const { clock, timers, logger, instances = createInMemoryInstanceBoards(clock)() } = parts;
  const startedAtMs = clock.nowMs();
  const health = rememberHealth(async () => examineAll(parts, rooms));
  return createFleet({
    ...{ board: instances, timers, logger, disconnect: (id) => gateway.disconnect(id) },
    database: parts.store.name,
    revoke: (handle) => gateway.revoke(handle),
    report: () => ({
      ...{ startedAtMs, health: health(), clients: gateway.list(), samples: activity.samples() },
    }),
  });
}

function adminInsides({ store }: ServerParts, { flags, audit }: Insides, fleet: Fleet): AdminInsides {
  return {
    ...{ flags, fleet, log: store.log, audit: audit.recorder, auditStore: store.audit },
    sizes: store.sql && createSqlDocumentSizes(store.sql),
    snapshots: store.sql && createSqlDocumentSnapshots(store.sql),
    names: async () => nameActors(store.accounts),
  };
}

function passUpgrades(
  server: WebServer['server'],
  gateway: SyncGateway,
  onError: (error: unknown) => void,
): void {
  server.on('upgrade', (request, socket, head) => {
    gateway.admit(request, socket, head).catch((error: unknown) => {
      onError(error);
      socket.destroy();
    });
  });
}

function openUpkeep({ store, fanOut, clock, logger, config }: ServerParts, rooms: OpenRooms): Upkeep {
  const { log, leases, archive } = store;
  return new Upkeep({
    ...{ log, leases, archive, clock, logger, historyMs: config.historyDays * DAY_MS },
    tell: (document, from, updates) => {
      rooms.noteStored(document, from + updates.length - 1);
      fanOut.publish(document, { type: 'updates', from, updates });
    },
  });
}

async function examineAll(
  { store, fanOut }: ServerParts,
  rooms: Pick<OpenRooms, 'unsavedBytes'>,
): Promise<Record<string, Health>> {
  const health = withUnsaved(await store.examine(), rooms.unsavedBytes());
  return { [store.name]: health, redis: examineFanOut(fanOut.state()) };
}

function withUnsaved(health: Health, bytes: number): Health {
  if (bytes === 0) return health;
  const note = `${String(bytes)} bytes of edits wait to be stored`;
  return {
    state: health.state === 'ok' ? 'degraded' : health.state,
    note: health.note === undefined ? note : `${health.note}; ${note}`,
  };
}

function examineFanOut(state: ReturnType<FanOut['state']>): Health {
  switch (state) {
    case 'connected':
      return { state: 'ok' };
    case 'alone':
      return { state: 'ok', note: 'not used: one instance by itself' };
    case 'disconnected':
      return {
        state: 'degraded',
        note: 'does not answer: edits of other instances come through the database, their presence and signals are stale',
      };
  }
}
