import type { KeyStore } from './key-store.ts';
import type { StoredKey } from './service-key.ts';

const MAX_REMEMBERED = 1_000;

/** The same store, which does not look up again what it knows. Only for who is alone with the database behind it. */
export function createRememberingKeyStore(keys: KeyStore): KeyStore {
  let known = new Map<string, StoredKey>();
  const forgetAround = async <T>(change: () => Promise<T>): Promise<T> => {
    // What is being looked up now may be older than the change: it is remembered in the map that is thrown away here.
    known = new Map();
    try {
      return await change();
    } finally {
      known = new Map();
    }
  };
  return {
    list: async () => keys.list(),
    labels: async () => keys.labels(),
    find: async (ids) => {
      const into = known;
      const unknown = ids.filter((id) => !into.has(id));
      const found = unknown.length === 0 ? [] : await keys.find(unknown);
      if (into.size + found.length > MAX_REMEMBERED) into.clear();
      for (const key of found) into.set(key.id, key);
      const news = new Map(found.map((key) => [key.id, key]));
      return ids.flatMap((id) => news.get(id) ?? into.get(id) ?? []);
    },
    add: async (key) => forgetAround(async () => keys.add(key)),
    revoke: async (id, atMs) => forgetAround(async () => keys.revoke(id, atMs)),
    expire: async (id, atMs) => forgetAround(async () => keys.expire(id, atMs)),
    touch: async (ids, atMs) => forgetAround(async () => keys.touch(ids, atMs)),
  };
}
