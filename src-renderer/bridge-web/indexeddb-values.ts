import { openDB, type DBSchema } from 'idb';

/** A few values in a database of the browser's own. Keeping them is a help: where that cannot be, nothing is found again. */
export type KeptValues = {
  /** @returns undefined for what was never kept, too */
  readonly read: (key: string) => Promise<unknown>;
  readonly keep: (key: string, value: unknown) => Promise<void>;
  readonly forget: (key: string) => Promise<void>;
};

type Schema = DBSchema & { values: { key: string; value: unknown } };

/** @param name of the database; one that nobody else uses */
export function createIndexeddbValues(name: string): KeptValues {
  const open = async () =>
    openDB<Schema>(name, 1, { upgrade: (fresh) => void fresh.createObjectStore('values') });
  const within = async <T>(
    work: (database: Awaited<ReturnType<typeof open>>) => Promise<T>,
  ): Promise<T | undefined> => {
    try {
      const database = await open();
      try {
        return await work(database);
      } finally {
        database.close();
      }
    } catch {
      // A private window has none, and a full one takes nothing.
      return undefined;
    }
  };
  return {
    read: async (key) => within(async (database) => database.get('values', key)),
    keep: async (key, value) => within(async (database) => void (await database.put('values', value, key))),
    forget: async (key) => within(async (database) => database.delete('values', key)),
  };
}
