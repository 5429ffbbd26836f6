import { existsSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { PGlite, type Transaction } from '@electric-sql/pglite';
import { FSYNCED_PARAMETERS, FsyncedFiles, syncPath, syncTree } from './fsynced-files.ts';
import type { Migration, Sql } from '../postgres/sql.ts';

/**
 * Postgres inside this process, its files in a folder. What it has committed survives a killed process and a power cut.
 * @param folder where it keeps its files; nothing for a database in memory
 * @param onSynced is told of every file that was brought to disk; for tests
 */
export async function openPglite(
  folder: string | undefined,
  onSynced?: (path: string) => void,
): Promise<{ sql: Sql; close: () => Promise<void> }> {
  if (folder !== undefined && !existsSync(folder)) await makeDatabase(folder);
  const database = folder === undefined ? await PGlite.create() : await openFiles(folder, onSynced);
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

/** Makes it elsewhere first, so that a folder of its name holds a whole database however the making ended. */
async function makeDatabase(folder: string): Promise<void> {
  const draft = `${folder}.new`;
  rmSync(draft, { recursive: true, force: true });
  await (await openFiles(draft)).close();
  syncTree(draft);
  renameSync(draft, folder);
  syncPath(dirname(folder));
}

async function openFiles(folder: string, onSynced?: (path: string) => void): Promise<PGlite> {
  return PGlite.create({ fs: new FsyncedFiles(folder, onSynced), startParams: [...FSYNCED_PARAMETERS] });
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
