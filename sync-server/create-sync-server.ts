import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { Clock } from '#shared/kernel/clock.ts';
import type { Logger } from '#shared/kernel/logger.ts';
import { createPasswords } from './accounts/argon2-passwords.ts';
import { createAccounts } from './accounts/create-accounts.ts';
import type { Quotas } from './accounts/quotas.ts';
import type { ServerConfig } from './config.ts';
import type { FanOut } from './documents/fan-out.ts';
import { OpenRooms } from './documents/open-rooms.ts';
import type { PresenceBoard } from './documents/presence-board.ts';
import type { Timers } from './documents/timers.ts';
import { closings } from './gateway/close-codes.ts';
import { createHttpApp, type Health } from './gateway/http-app.ts';
import { SyncGateway } from './gateway/sync-gateway.ts';
import {
  connectionLimits,
  MAX_CONNECTIONS,
  MAX_MESSAGE_BYTES,
  presenceLimits,
  roomLimits,
} from './limits.ts';
import { createServerMetrics } from './metrics/server-metrics.ts';
import type { Store } from './open-store.ts';
import { startRounds } from './rounds.ts';
import { startUpkeep, Upkeep } from './upkeep.ts';

export type SyncServer = {
  /** Where it listens, as http://host:port. */
  readonly url: string;
  /** Takes in nobody any more, stores what it has, says goodbye and ends. */
  readonly stop: () => Promise<void>;
};

export type ServerParts = {
  readonly config: Pick<ServerConfig, 'host' | 'port' | 'historyDays'>;
  readonly store: Store;
  readonly fanOut: FanOut;
  readonly board: PresenceBoard;
  readonly quotas: Quotas;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly logger: Logger;
};

const LINGER_MS = 30_000;
const SNAPSHOT_EVERY = 1_000;
const DAY_MS = 86_400_000;
const ACCESS_LASTS_MS = 86_400_000;
/** How long a stop waits for what is not stored yet. */
const DRAIN_MS = 10_000;
const GOODBYE_MS = 2_000;

/** Builds and starts the server. What the parts need to be closed is the caller's. */
export async function createSyncServer(parts: ServerParts): Promise<SyncServer> {
  const { store, fanOut, board, quotas, clock, timers, logger, config } = parts;
  const metrics = createServerMetrics({ connections: () => gateway.count(), documents: () => rooms.count() });
  const rooms = new OpenRooms({
    ...{ log: store.log, fanOut, board, clock, timers, logger, limits: roomLimits, presenceLimits },
    watch: metrics.room,
    newBatchId: randomUUID,
    lingerMs: LINGER_MS,
    snapshotEvery: SNAPSHOT_EVERY,
  });
  const onError = (error: unknown): void => logger.warn('a connection broke', { error: String(error) });
  const storeId = await store.log.storeId();
  const accounts = await createAccounts({
    ...{ stores: store.accounts, storeId, quotas, passwords: createPasswords(), clock },
    accessLastsMs: ACCESS_LASTS_MS,
  });
  const { signIn } = accounts;
  const gateway = new SyncGateway({
    ...{ rooms, signIn, clock, timers, limits: connectionLimits },
    store: { id: storeId, isEmpty: async () => (await store.log.documents()).length === 0 },
    watch: { ...metrics.connection, broken: onError },
    maxMessageBytes: MAX_MESSAGE_BYTES,
    maxConnections: MAX_CONNECTIONS,
  });
  const examine = async (): Promise<Record<string, Health>> => ({
    [store.name]: await store.examine(),
    'fan-out':
      fanOut.state() === 'disconnected' ? { state: 'degraded' } : { state: 'ok', note: fanOut.state() },
  });
  const server = createServer(createHttpApp({ examine, metrics: metrics.write, onError }));
  server.on('upgrade', (request, socket, head) => {
    gateway.admit(request, socket, head).catch((error: unknown) => {
      onError(error);
      socket.destroy();
    });
  });
  const url = await listen(server, config);
  const stopRounds = startRounds({ rooms, gateway, signIn, fanOut, timers, logger });
  const stopUpkeep = startUpkeep(openUpkeep(parts, rooms), timers, logger);
  return {
    url,
    stop: async () => {
      server.close();
      gateway.hush();
      const upkeepIsOver = stopUpkeep();
      await Promise.race([rooms.settled(), new Promise<void>((resolve) => timers.after(DRAIN_MS, resolve))]);
      stopRounds();
      await gateway.closeAll(closings.stopping, GOODBYE_MS);
      await rooms.close();
      await upkeepIsOver;
      server.closeAllConnections();
    },
  };
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

async function listen(server: Server, { host, port }: Pick<ServerConfig, 'host' | 'port'>): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      const address = server.address();
      if (address === null || typeof address === 'string') return;
      const name = address.family === 'IPv6' ? `[${address.address}]` : address.address;
      resolve(`http://${name}:${String(address.port)}`);
    });
  });
}
