import { describeAuditStore } from './audit-store.contract.ts';
import { createInMemoryAuditStore } from './in-memory-audit-store.ts';

describeAuditStore('in memory', createInMemoryAuditStore);
