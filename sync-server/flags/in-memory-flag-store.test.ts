import { describeFlagStore } from './flag-store.contract.ts';
import { createInMemoryFlagStore } from './in-memory-flag-store.ts';

describeFlagStore('in memory', createInMemoryFlagStore);
