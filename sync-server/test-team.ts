import { systemClock } from '#shared/kernel/clock.ts';
import type { Role } from '#shared/model/role.ts';
import { createMemoryDisk } from '#shared/replica/in-memory-replica-store.ts';
import type { Replica } from '#shared/replica/replica.ts';
import type { DocumentName } from '#shared/replica/replica-store.ts';
import { createSyncClient, type SyncClient, type SyncClientOptions } from '#shared/replica/sync-client.ts';
import { openNodeSocket } from '#shared/replica/sync-websocket.ts';
import { freePort } from '#shared/replica/test-free-port.ts';
import { openTestReplica } from '#shared/replica/test-replica.ts';
import type { Grant } from './accounts/access.ts';
import { createInMemoryQuotas } from './accounts/in-memory-quotas.ts';
import { makeKey } from './accounts/service-key.ts';
import { createSyncServer, type SyncServer } from './create-sync-server.ts';
import { createInMemoryFanOut } from './documents/in-memory-fan-out.ts';
import { createInMemoryPresenceBoard } from './documents/in-memory-presence-board.ts';
import { systemTimers } from './documents/timers.ts';
import { createTestStore } from './test-store.ts';
import type { Store } from './open-store.ts';

/** For tests: a store with as many server instances, keys and desks as wanted; `end` leaves nothing behind. */
export type TestTeam = {
  store: Store;
  readonly start: (port?: number) => Promise<SyncServer>;
  readonly key: (role: Role, grants?: readonly Grant[]) => Promise<string>;
  /** A desk that follows the catalogue and a wall. */
  readonly desk: (server: string, token: string, options?: DeskOptions) => Promise<TestDesk>;
  readonly onEnd: (end: () => unknown) => void;
  readonly end: () => Promise<void>;
};

export type TestDesk = {
  readonly replica: Replica;
  readonly sync: SyncClient;
  /** Ends the program; its disk stays. */
  readonly quit: () => Promise<void>;
};
export type DeskOptions = Partial<SyncClientOptions> & {
  readonly disk?: ReturnType<typeof createMemoryDisk>;
  readonly role?: Role;
};

export const DOCUMENTS: readonly DocumentName[] = ['catalogue', 'wall:main'];

export function createTestTeam(storeId = '0123456789abcdef'): TestTeam {
  const ends: (() => unknown)[] = [];
  const fanOut = createInMemoryFanOut();
  const board = createInMemoryPresenceBoard(systemClock);
  const silent = (): void => undefined;
  const team: TestTeam = {
    store: createTestStore(storeId),
    start: async (given) => {
      const port = given ?? (await freePort());
      const server = await createSyncServer({
        config: { host: '127.0.0.1', port, historyDays: 90 },
        store: team.store,
        fanOut: fanOut(),
        board,
        quotas: createInMemoryQuotas(systemClock),
        clock: systemClock,
        timers: systemTimers,
        logger: { info: silent, warn: silent, error: silent },
      });
      ends.push(server.stop);
      return server;
    },
    key: async (role, grants = []) => {
      const { stored, key } = makeKey({ role, grants, label: 'test' }, 0);
      await team.store.accounts.keys.add(stored);
      return key;
    },
    desk: async (server, token, options = {}) => {
      const { disk = createMemoryDisk(), role = 'operator', ...more } = options;
      const replica = await openTestReplica(disk, { role, clock: systemClock });
      const sync = createSyncClient({
        replica,
        server,
        credentials: async () => Promise.resolve({ token }),
        openSocket: openNodeSocket,
        timers: systemTimers,
        ...more,
      });
      let isOpen = true;
      const quit = async (): Promise<void> => {
        if (isOpen) sync.close();
        if (isOpen) await replica.close();
        isOpen = false;
      };
      ends.push(quit);
      for (const document of DOCUMENTS) sync.follow(document);
      sync.connect();
      return { replica, sync, quit };
    },
    onEnd: (end) => void ends.push(end),
    end: async () => {
      for (const end of ends.splice(0).toReversed()) await end();
    },
  };
  return team;
}
