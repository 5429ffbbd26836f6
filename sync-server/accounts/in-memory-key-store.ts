import type { KeyStore } from './key-store.ts';
import type { StoredKey } from './service-key.ts';

/** Keys that are gone when the process ends: for tests. */
export function createInMemoryKeyStore(): KeyStore {
  const keys = new Map<string, StoredKey>();
  const labels = new Map<string, string>();
  const change = (id: string, changes: Partial<StoredKey>): boolean => {
    const key = keys.get(id);
    if (key !== undefined) keys.set(id, { ...key, ...changes });
    return key !== undefined;
  };
  return {
    add: async (key) => {
      keys.set(key.id, key);
      labels.set(key.id, key.label);
      return Promise.resolve();
    },
    find: async (ids) => Promise.resolve(ids.flatMap((id) => keys.get(id) ?? [])),
    list: async () => Promise.resolve([...keys.values()].toSorted((a, b) => a.createdAtMs - b.createdAtMs)),
    labels: async () => Promise.resolve(new Map(labels)),
    revoke: async (id) => Promise.resolve(keys.delete(id)),
    expire: async (id, atMs) =>
      Promise.resolve(change(id, { expiresAtMs: Math.min(atMs, keys.get(id)?.expiresAtMs ?? atMs) })),
    touch: async (ids, atMs) => {
      for (const id of ids) change(id, { lastUsedAtMs: atMs });
      return Promise.resolve();
    },
  };
}
