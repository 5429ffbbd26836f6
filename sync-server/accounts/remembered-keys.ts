import type { Clock } from '#shared/kernel/clock.ts';
import { LogUnavailable } from '../documents/update-log.ts';
import type { KeyStore } from './key-store.ts';
import type { StoredKey } from './service-key.ts';

const REMEMBER_MS = 10 * 60_000;
const MAX_REMEMBERED = 10_000;

/**
 * The same keys, remembered for ten minutes after the store was last asked, so that who was connected can come back while
 * the database is away. As long as it answers, its word counts; while it does not, nothing can be revoked in it either.
 */
export function rememberKeys(store: KeyStore, clock: Clock): KeyStore {
  const remembered = new Map<string, { readonly key: StoredKey; readonly atMs: number }>();
  const recall = (id: string, nowMs: number): readonly StoredKey[] => {
    const found = remembered.get(id);
    return found !== undefined && nowMs - found.atMs <= REMEMBER_MS ? [found.key] : [];
  };
  return {
    ...store,
    find: async (ids) => {
      const nowMs = clock.nowMs();
      try {
        const keys = await store.find(ids);
        for (const id of ids) remembered.delete(id);
        if (remembered.size + keys.length > MAX_REMEMBERED) remembered.clear();
        for (const key of keys) remembered.set(key.id, { key, atMs: nowMs });
        return keys;
      } catch (error) {
        const known = ids.flatMap((id) => recall(id, nowMs));
        if (!(error instanceof LogUnavailable) || known.length < ids.length) throw error;
        return known;
      }
    },
  };
}
