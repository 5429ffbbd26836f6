import { z } from 'zod';
import { ActorId } from '#shared/model/ids.ts';
import { FlagSetting, keyOfFlag, type Flag } from '../flags/flag.ts';
import type { FlagStore } from '../flags/flag-store.ts';
import type { Sql } from './sql.ts';
import { Time } from './sql-rows.ts';

const FlagRow = z
  .object({ setting: FlagSetting, at_ms: Time, by_actor: ActorId })
  .transform(({ setting, at_ms, by_actor }): Flag => ({ setting, atMs: at_ms, by: by_actor }));

const readOne = ([row]: readonly unknown[]): Flag | undefined => {
  // A flag that a newer server wrote is none to this one.
  const read = FlagRow.safeParse(row);
  return read.success ? read.data : undefined;
};

/** Flags in the table of `migrations/`. */
export function createSqlFlagStore(sql: Sql): FlagStore {
  return {
    list: async () => {
      const rows = await sql.query('SELECT setting, at_ms, by_actor FROM flags ORDER BY key COLLATE "C"');
      return rows.flatMap((row) => readOne([row]) ?? []);
    },
    put: async ({ setting, atMs, by }) =>
      readOne(
        await sql.query(
          `WITH before AS (SELECT setting, at_ms, by_actor FROM flags WHERE key = $1),
           written AS (
             INSERT INTO flags (key, setting, at_ms, by_actor) VALUES ($1, $2::jsonb, $3, $4)
             ON CONFLICT (key) DO UPDATE
             SET setting = excluded.setting, at_ms = excluded.at_ms, by_actor = excluded.by_actor)
           SELECT setting, at_ms, by_actor FROM before`,
          [keyOfFlag(setting), JSON.stringify(setting), atMs, by],
        ),
      ),
    remove: async (key) =>
      readOne(await sql.query('DELETE FROM flags WHERE key = $1 RETURNING setting, at_ms, by_actor', [key])),
  };
}
