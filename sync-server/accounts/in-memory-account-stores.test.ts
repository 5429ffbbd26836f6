import { describeAccountStores } from './account-stores.contract.ts';
import { createInMemoryAccountStores } from './in-memory-account-stores.ts';

describeAccountStores('in memory', async () =>
  Promise.resolve({ stores: createInMemoryAccountStores(), close: async () => Promise.resolve() }),
);
