import type { Leases } from '../documents/leases.ts';
import type { Sql } from './sql.ts';

/** Leases in the table of `migrations/`, by the database's own clock. */
export function createSqlLeases(sql: Sql): Leases {
  return {
    take: async (name, holder, forMs) => {
      const rows = await sql.query(
        `INSERT INTO leases (name, holder, until) VALUES ($1, $2, clock_timestamp() + $3 * interval '1 millisecond')
         ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
         WHERE leases.holder = excluded.holder OR leases.until <= clock_timestamp()
         RETURNING name`,
        [name, holder, forMs],
      );
      return rows.length > 0;
    },
    release: async (name, holder) => {
      await sql.query('DELETE FROM leases WHERE name = $1 AND holder = $2', [name, holder]);
    },
  };
}
