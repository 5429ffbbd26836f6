import { randomUUID } from 'node:crypto';
import type { OpenRooms } from './documents/open-rooms.ts';
import type { RestParts } from './gateway/rest-v1/rest-parts.ts';
import type { Clock } from '#shared/kernel/clock.ts';
import type { Timers } from './documents/timers.ts';
import type { Store } from './open-store.ts';
import { CatalogueDesk } from './projection/catalogue-desk.ts';
import { createRecordReads } from './projection/record-reads.ts';
import { createStreamReads } from './projection/stream-reads.ts';
import { createSqlProjectionStore } from './postgres/sql-projection-store.ts';

type Parts = {
  readonly store: Store;
  readonly rooms: OpenRooms;
  readonly clock: Clock;
  readonly timers: Timers;
};

/** The catalogue for programs that ask over HTTP. Undefined for a store without tables, as tests have. */
export function openRest({ store, rooms, clock, timers }: Parts): RestParts | undefined {
  const { sql, log, archive, accounts } = store;
  if (sql === undefined) return undefined;
  const tables = createSqlProjectionStore(sql);
  const desk = new CatalogueDesk({ log, rooms, tables, archive, clock, timers, newBatchId: randomUUID });
  const reads = { reads: createStreamReads(sql), records: createRecordReads(sql) };
  return { ...reads, desk, sql, log, archive, users: accounts.users, clock };
}
