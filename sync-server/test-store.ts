import { systemClock } from '#shared/kernel/clock.ts';
import { createInMemoryAccountStores } from './accounts/in-memory-account-stores.ts';
import { createInMemoryServerArchive } from './archive/in-memory-server-archive.ts';
import { createInMemoryAuditStore } from './audit/in-memory-audit-store.ts';
import { createInMemoryLeases } from './documents/in-memory-leases.ts';
import { createInMemoryUpdateLog } from './documents/in-memory-update-log.ts';
import { createInMemoryFlagStore } from './flags/in-memory-flag-store.ts';
import type { Store } from './open-store.ts';

/** A store that is gone when the test ends. */
export function createTestStore(storeId = '0123456789abcdef'): Store {
  return {
    name: 'embedded',
    log: createInMemoryUpdateLog(storeId),
    flushed: async () => Promise.resolve(),
    announce: () => undefined,
    accounts: createInMemoryAccountStores(),
    leases: createInMemoryLeases(systemClock),
    archive: createInMemoryServerArchive(),
    sql: undefined,
    flags: createInMemoryFlagStore(),
    audit: createInMemoryAuditStore(),
    examine: async () => Promise.resolve({ state: 'ok' }),
    close: async () => Promise.resolve(),
  };
}
