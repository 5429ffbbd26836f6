import type { KeyStore } from './key-store.ts';
import type { StoredKey } from './service-key.ts';

/** Keys that are gone when the process ends: for tests. */
export function createInMemoryKeyStore(): KeyStore {
  const keys = new Map<string, StoredKey>();
  return {
    add: async (key) => {
      keys.set(key.id, key);
      return Promise.resolve();
    },
    find: async (ids) => Promise.resolve(ids.flatMap((id) => keys.get(id) ?? [])),
    revoke: async (id) => Promise.resolve(keys.delete(id)),
  };
}
