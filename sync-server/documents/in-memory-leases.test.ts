import { systemClock } from '#shared/kernel/clock.ts';
import { createInMemoryLeases } from './in-memory-leases.ts';
import { describeLeases } from './leases.contract.ts';

describeLeases('in memory', () => createInMemoryLeases(systemClock));
