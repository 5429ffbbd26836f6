import { createInMemoryKeyStore } from './in-memory-key-store.ts';
import { describeKeyStore } from './key-store.contract.ts';

describeKeyStore('in memory', async () =>
  Promise.resolve({ keys: createInMemoryKeyStore(), close: async () => Promise.resolve() }),
);
