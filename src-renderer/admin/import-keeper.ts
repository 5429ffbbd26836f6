import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { z } from 'zod';
import type { ImportState } from './import-run.ts';
import type { Rows } from './read-import.ts';

/** Where an import that is under way is kept, so that it outlives the page. Keeping it is a help: it never fails. */
export type ImportKeeper = {
  readonly read: () => Promise<{ readonly rows: Rows; readonly state: ImportState } | undefined>;
  readonly keep: (rows: Rows, state: ImportState) => Promise<void>;
  /** How far it is. */
  readonly note: (state: ImportState) => Promise<void>;
  readonly forget: () => Promise<void>;
};

type Schema = DBSchema & { imports: { key: string; value: unknown } };
const NAME = 'streamwall-imports';

const Count = z.number().int().nonnegative();
const KeptRows = z.array(z.record(z.string(), z.unknown()));
const KeptState = z.object({
  ...{ kind: z.enum(['streams', 'ignore']), name: z.string(), isRunning: z.boolean() },
  ...{ done: Count, all: Count, leftOut: Count, added: Count, known: Count, refused: Count },
  refusedRows: z.array(z.object({ row: Count, what: z.string(), why: z.string() })),
  problem: z.string().optional(),
});

/** In the browser's database. @param person whose imports; others who use the browser do not see them */
export function createIndexeddbImportKeeper(person: number): ImportKeeper {
  const keys = { rows: `${String(person)} rows`, state: `${String(person)} state` };
  const within = async <T>(work: (database: IDBPDatabase<Schema>) => Promise<T>): Promise<T | undefined> => {
    try {
      const database = await openDB<Schema>(NAME, 1, {
        upgrade: (fresh) => void fresh.createObjectStore('imports'),
      });
      try {
        return await work(database);
      } finally {
        database.close();
      }
    } catch {
      // No database here, or it is full: then the import does not outlive the page.
      return undefined;
    }
  };
  return {
    read: async () =>
      within(async (database) => {
        const rows = KeptRows.safeParse(await database.get('imports', keys.rows));
        const state = KeptState.safeParse(await database.get('imports', keys.state));
        const fits = rows.success && state.success && rows.data.length === state.data.all;
        return fits ? { rows: rows.data, state: state.data } : undefined;
      }),
    keep: async (rows, state) =>
      within(async (database) => {
        await database.put('imports', rows, keys.rows);
        await database.put('imports', state, keys.state);
      }),
    note: async (state) =>
      within(async (database) => void (await database.put('imports', state, keys.state))),
    forget: async () =>
      within(async (database) => {
        await database.delete('imports', keys.rows);
        await database.delete('imports', keys.state);
      }),
  };
}
