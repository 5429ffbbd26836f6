import { keyOfFlag, type Flag } from './flag.ts';
import type { FlagStore } from './flag-store.ts';

/** Flags that are gone when the process ends: for tests. */
export function createInMemoryFlagStore(): FlagStore {
  const flags = new Map<string, Flag>();
  return {
    list: async () =>
      Promise.resolve([...flags].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, flag]) => flag)),
    put: async (flag) => {
      const before = flags.get(keyOfFlag(flag.setting));
      flags.set(keyOfFlag(flag.setting), flag);
      return Promise.resolve(before);
    },
    remove: async (key) => {
      const before = flags.get(key);
      flags.delete(key);
      return Promise.resolve(before);
    },
  };
}
