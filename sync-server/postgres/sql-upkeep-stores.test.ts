import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeStreamArchive } from '#shared/replica/stream-archive.contract.ts';
import { describeServerArchive } from '../archive/server-archive.contract.ts';
import { describeAuditStore } from '../audit/audit-store.contract.ts';
import { describeLeases } from '../documents/leases.contract.ts';
import { describeFlagStore } from '../flags/flag-store.contract.ts';
import { openPglite } from '../pglite/pglite-database.ts';
import { migrate } from './migrate.ts';
import { openPostgres } from './postgres-pool.ts';
import { createSqlAuditStore } from './sql-audit-store.ts';
import { createSqlFlagStore } from './sql-flag-store.ts';
import { createSqlLeases } from './sql-leases.ts';
import { createSqlServerArchive } from './sql-server-archive.ts';
import type { Sql } from './sql.ts';
import { startTestPostgres, type TestPostgres } from './start-test-postgres.ts';

type Opened = { sql: Sql; close: () => Promise<void> };

let postgres: TestPostgres;
const databases: { Postgres?: Opened; PGlite?: Opened } = {};
beforeAll(async () => {
  postgres = await startTestPostgres();
  databases.PGlite = await openPglite(undefined);
  databases.Postgres = openPostgres({
    url: postgres.url,
    connections: 8,
    timeoutMs: 10_000,
    onLost: () => undefined,
  });
  for (const { sql } of Object.values(databases)) await migrate(sql);
});
afterAll(async () => {
  for (const { close } of Object.values(databases)) await close();
  await postgres.remove();
});

for (const name of ['PGlite', 'Postgres'] as const) {
  const sqlOf = (): Sql => {
    const database = databases[name];
    if (database === undefined) throw new Error('not open yet');
    return database.sql;
  };
  const open = async () => {
    await sqlOf().query('TRUNCATE archive');
    return createSqlServerArchive(sqlOf());
  };
  describeLeases(`in ${name}`, () => createSqlLeases(sqlOf()));
  describeFlagStore(`in ${name}`, () => createSqlFlagStore(sqlOf()));
  describeAuditStore(`in ${name}`, () => createSqlAuditStore(sqlOf()));

  it(`[AU1] nothing in the audit can be changed or removed, in ${name}`, async () => {
    await createSqlAuditStore(sqlOf()).append(
      [
        {
          ...{
            atMs: 1,
            actor: 'user:ana',
            via: 'account',
            action: 'kept',
            target: 'user:1',
            from: undefined,
          },
          ...{ before: null, after: null },
        },
      ],
      [],
    );
    for (const statement of ["UPDATE audit SET actor = 'user:ben'", 'DELETE FROM audit', 'TRUNCATE audit'])
      await expect(sqlOf().query(statement)).rejects.toThrow('only added to');
    expect(await sqlOf().query("SELECT 1 FROM audit WHERE action = 'kept'")).toHaveLength(1);
  });

  describeServerArchive(`in ${name}`, open);
  describeStreamArchive(name, () => ({ open, remove: () => undefined }));

  it(`[S29] what has too many words to be found by all of them is kept all the same, in ${name}`, async () => {
    const archive = await open();
    const words = Array.from({ length: 20_000 }, (_, i) => `${'ß'.repeat(50)}${String(i)}`).join(' ');
    const put = await archive.put([
      { id: 'streams/long', atMs: 1, record: { title: 'Longest', notes: words } },
    ]);
    expect(put).toEqual({ ok: true, value: undefined });
    expect(await archive.search({ text: 'longest', offset: 0, limit: 1 })).toMatchObject({
      value: { total: 1 },
    });
    expect(await archive.get('streams/long')).toMatchObject({ value: { record: { notes: words } } });
  });
}
