import type { Role } from '#shared/model/role.ts';
import type { Grant } from './accounts/access.ts';
import { makeKey } from './accounts/service-key.ts';
import type { UpdateLog } from './documents/update-log.ts';
import { migrate } from './postgres/migrate.ts';
import { openPostgres } from './postgres/postgres-pool.ts';
import { createSqlAccountStores } from './postgres/sql-account-stores.ts';
import { createSqlUpdateLog } from './postgres/sql-update-log.ts';
import type { Sql } from './postgres/sql.ts';
import { startTestPostgres, type TestPostgres } from './postgres/start-test-postgres.ts';

/** A Postgres for servers that a test starts, and a look behind their backs. */
export type TestDatabase = {
  readonly postgres: TestPostgres;
  readonly sql: Sql;
  readonly log: UpdateLog;
  /** Makes a key. @returns the actor that it stands for, too */
  readonly key: (role: Role, grants?: readonly Grant[]) => Promise<{ actor: string; key: string }>;
  readonly remove: () => Promise<void>;
};

export async function startTestDatabase(): Promise<TestDatabase> {
  const postgres = await startTestPostgres();
  const { sql, close } = openPostgres({
    ...{ url: postgres.url, connections: 2, timeoutMs: 10_000 },
    onLost: () => undefined,
  });
  await migrate(sql);
  return {
    postgres,
    sql,
    log: createSqlUpdateLog(sql),
    key: async (role, grants = []) => {
      const { stored, key } = makeKey({ role, grants, label: 'test' }, 0);
      await createSqlAccountStores(sql).keys.add(stored);
      return { actor: `service:${stored.id}`, key };
    },
    remove: async () => {
      await close();
      await postgres.remove();
    },
  };
}
