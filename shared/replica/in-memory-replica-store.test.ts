import { createInMemoryReplicaStore, createMemoryDisk } from './in-memory-replica-store.ts';
import { describeReplicaStore } from './replica-store.contract.ts';

describeReplicaStore('memory', () => {
  const disk = createMemoryDisk();
  return {
    open: () => Promise.resolve(createInMemoryReplicaStore(disk)),
    breakDisk: (broken) => {
      disk.failure = broken ? { reason: 'disk-full', words: 'The disk is full.' } : undefined;
    },
    remove: () => {},
  };
});
