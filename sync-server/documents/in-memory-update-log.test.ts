import { createInMemoryUpdateLog } from './in-memory-update-log.ts';
import { describeUpdateLog } from './update-log.contract.ts';

describeUpdateLog('in memory', async () =>
  Promise.resolve({ log: createInMemoryUpdateLog('0123456789abcdef'), close: async () => Promise.resolve() }),
);
