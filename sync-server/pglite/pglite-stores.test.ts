import { afterAll, beforeAll } from 'vitest';
import { describeKeyStore } from '../accounts/key-store.contract.ts';
import { describeUpdateLog } from '../documents/update-log.contract.ts';
import { migrate } from '../postgres/migrate.ts';
import { createSqlKeyStore } from '../postgres/sql-key-store.ts';
import { createSqlUpdateLog } from '../postgres/sql-update-log.ts';
import { openPglite } from './pglite-database.ts';

let database: Awaited<ReturnType<typeof openPglite>>;
beforeAll(async () => {
  database = await openPglite(undefined);
  await migrate(database.sql);
  await migrate(database.sql);
});
afterAll(() => database.close());

describeUpdateLog('in PGlite', async () =>
  Promise.resolve({ log: createSqlUpdateLog(database.sql), close: async () => Promise.resolve() }),
);

describeKeyStore('in PGlite', async () =>
  Promise.resolve({ keys: createSqlKeyStore(database.sql), close: async () => Promise.resolve() }),
);
