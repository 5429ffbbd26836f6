import { systemClock } from '#shared/kernel/clock.ts';
import type { Role } from '#shared/model/role.ts';
import { makeKey } from './accounts/service-key.ts';
import { createSyncServer, type ServerParts, type SyncServer } from './create-sync-server.ts';
import { systemTimers } from './documents/timers.ts';
import { openNeighbours } from './open-neighbours.ts';
import { openStore, type Store } from './open-store.ts';
import { startTestPostgres, type TestPostgres } from './postgres/start-test-postgres.ts';
import { startTestRedis, type TestRedis } from './redis/start-test-redis.ts';

/** For tests: instances as they are run, each with a pool and a Redis connection of its own, on one Postgres and one Redis. */
export type TestInstances = {
  readonly postgres: TestPostgres;
  readonly redis: TestRedis;
  /** A look behind their backs. */
  readonly store: Store;
  readonly start: (own?: OwnParts) => Promise<SyncServer>;
  readonly key: (role: Role) => Promise<string>;
  readonly onEnd: (end: () => unknown) => void;
  readonly end: () => Promise<void>;
};

/** What one instance has of its own: also another way to the database, and how long it waits for it. */
type OwnParts = Partial<
  Pick<ServerParts, 'clock' | 'timers'> & { readonly databaseUrl: string; readonly databaseTimeoutMs: number }
>;

export async function startTestInstances(): Promise<TestInstances> {
  const [postgres, redis] = await Promise.all([startTestPostgres(), startTestRedis()]);
  const ends: (() => unknown)[] = [async () => postgres.remove(), async () => redis.stop()];
  const silent = (): void => undefined;
  const logger = { info: silent, warn: silent, error: silent };
  const open = async ({
    databaseUrl = postgres.url,
    databaseTimeoutMs = 20_000,
  }: OwnParts = {}): Promise<Store> => {
    const config = { databaseUrl, dataFolder: '', databaseTimeoutMs };
    const opened = await openStore(config, { clock: systemClock, logger });
    if (!opened.ok) throw new Error('the store is taken');
    ends.push(opened.value.close);
    return opened.value;
  };
  const store = await open();
  return {
    ...{ postgres, redis, store },
    start: async ({ databaseUrl = postgres.url, databaseTimeoutMs = 20_000, ...given } = {}) => {
      const own = await open({ databaseUrl, databaseTimeoutMs });
      const neighbours = await openNeighbours(redis.url, await own.log.storeId(), {
        clock: systemClock,
        logger,
      });
      ends.push(neighbours.close);
      const server = await createSyncServer({
        config: { host: '127.0.0.1', port: 0, historyDays: 90, requestsPerMinute: 1_000_000 },
        ...{ ...neighbours, store: own, clock: systemClock, timers: systemTimers, logger, ...given },
      });
      ends.push(server.stop);
      return server;
    },
    key: async (role) => {
      const { stored, key } = makeKey({ role, grants: [], label: `a ${role}` }, 0);
      await store.accounts.keys.add(stored);
      return key;
    },
    onEnd: (end) => void ends.push(end),
    end: async () => {
      for (const end of ends.splice(0).toReversed()) await end();
    },
  };
}
