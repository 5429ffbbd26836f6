import { PGlite, type Transaction } from '@electric-sql/pglite';
import type { Migration, Sql } from '../postgres/sql.ts';

/**
 * Postgres inside this process, its files in a folder. It survives a killed process. It does not fsync by itself.
 * @param folder where it keeps its files; nothing for a database in memory
 */
export async function openPglite(
  folder: string | undefined,
): Promise<{ sql: Sql; close: () => Promise<void> }> {
  const database = await PGlite.create(folder === undefined ? {} : { dataDir: folder });
  const sql: Sql = {
    query: async (text, values = []) => {
      const { rows } = await database.query<Record<string, unknown>>(text, [...values]);
      return rows as never;
    },
    migrate: async (decide) =>
      database.transaction(async (transaction) => {
        await runMigrations(transaction, decide);
      }),
  };
  return { sql, close: async () => database.close() };
}

async function runMigrations(
  transaction: Transaction,
  decide: (applied: ReadonlySet<string>) => Promise<readonly Migration[]>,
): Promise<void> {
  await transaction.exec(
    'CREATE TABLE IF NOT EXISTS migrations (name text PRIMARY KEY, at timestamptz NOT NULL DEFAULT now())',
  );
  const { rows } = await transaction.query<{ name: string }>('SELECT name FROM migrations');
  for (const { name, text } of await decide(new Set(rows.map((row) => row.name)))) {
    await transaction.exec(text);
    await transaction.query('INSERT INTO migrations (name) VALUES ($1)', [name]);
  }
}
