import { readdir, readFile } from 'node:fs/promises';
import type { Sql } from './sql.ts';

const MIGRATIONS = new URL('./migrations/', import.meta.url);

/** Brings the tables up to date: runs, in the order of their names, the files of `migrations/` that were not run yet. */
export async function migrate(sql: Sql): Promise<void> {
  const names = (await readdir(MIGRATIONS)).filter((name) => name.endsWith('.sql')).toSorted();
  await sql.migrate(async (applied) =>
    Promise.all(
      names
        .filter((name) => !applied.has(name))
        .map(async (name) => ({ name, text: await readFile(new URL(name, MIGRATIONS), 'utf8') })),
    ),
  );
}
