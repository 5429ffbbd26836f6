import 'fake-indexeddb/auto';
import { vi } from 'vitest';
import { describeReplicaStore } from '../../shared/replica/replica-store.contract.ts';
import { openConnection } from './indexeddb-connection.ts';
import { createIndexeddbReplicaStore } from './indexeddb-replica-store.ts';

let places = 0;

describeReplicaStore('indexeddb', () => {
  const name = `place-${String(++places)}`;
  const full = () => {
    throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
  };
  return {
    open: async () => {
      const opened = await openConnection(name);
      if (!opened.ok) throw new Error(opened.error.words);
      return createIndexeddbReplicaStore(opened.value);
    },
    breakDisk: (broken) => {
      vi.restoreAllMocks();
      if (broken) vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(full);
    },
    remove: () => {
      indexedDB.deleteDatabase(name);
    },
  };
});
