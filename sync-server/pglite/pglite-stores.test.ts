import { afterAll, beforeAll } from 'vitest';
import { describeAccountStores } from '../accounts/account-stores.contract.ts';
import { describeUpdateLog } from '../documents/update-log.contract.ts';
import { migrate } from '../postgres/migrate.ts';
import { createSqlAccountStores } from '../postgres/sql-account-stores.ts';
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

describeAccountStores('in PGlite', async () =>
  Promise.resolve({ stores: createSqlAccountStores(database.sql), close: async () => Promise.resolve() }),
);
