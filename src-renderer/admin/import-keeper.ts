import { z } from 'zod';
import type { KeptValues } from '../bridge-web/indexeddb-values.ts';
import { ImportState } from './import-state.ts';
import type { Rows } from './read-import.ts';

const KeptRows = z.array(z.record(z.string(), z.unknown()));

/** Where an import that is under way is kept, so that it outlives the page. */
export type ImportKeeper = {
  readonly read: () => Promise<{ readonly rows: Rows; readonly state: ImportState } | undefined>;
  readonly keep: (rows: Rows, state: ImportState) => Promise<void>;
  /** How far it is. */
  readonly note: (state: ImportState) => Promise<void>;
  readonly forget: () => Promise<void>;
};

/** @param person whose imports; others who use the browser do not see them */
export function createImportKeeper(values: KeptValues, person: number): ImportKeeper {
  const keys = { rows: `${String(person)} rows`, state: `${String(person)} state` };
  return {
    read: async () => {
      const rows = KeptRows.safeParse(await values.read(keys.rows));
      const state = ImportState.safeParse(await values.read(keys.state));
      const fits = rows.success && state.success && rows.data.length === state.data.all;
      return fits ? { rows: rows.data, state: state.data } : undefined;
    },
    keep: async (rows, state) => {
      await values.keep(keys.rows, rows);
      await values.keep(keys.state, state);
    },
    note: async (state) => values.keep(keys.state, state),
    forget: async () => {
      await values.forget(keys.rows);
      await values.forget(keys.state);
    },
  };
}
