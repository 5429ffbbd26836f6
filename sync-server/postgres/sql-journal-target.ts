import { z } from 'zod';
import { ActorId } from '#shared/model/ids.ts';
import type { JournalTarget } from '../journal/journal-target.ts';
import type { Sql } from './sql.ts';

const OwnerRow = z.object({ client: z.coerce.number().int().nonnegative(), actor: ActorId });

/** The tables of `migrations/`, as what a journal is written behind to. */
export function createSqlJournalTarget(sql: Sql): JournalTarget {
  return {
    owners: async (document) => {
      const rows = await sql.query('SELECT client, actor FROM client_owners WHERE document = $1', [document]);
      return new Map(rows.map((row) => OwnerRow.parse(row)).map(({ client, actor }) => [client, actor]));
    },
    takeOver: async (rows) => {
      const bytes = Buffer.concat(rows.map((row) => row.bytes));
      let next = 1;
      const starts = rows.map((row) => (next += row.bytes.length) - row.bytes.length);
      const claims = rows.flatMap((row, i) => row.claims.map((client) => ({ client, of: i + 1 })));
      await sql.query('SELECT take_over_updates($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)', [
        rows.map(({ document }) => document),
        rows.map(({ number }) => number),
        rows.map(({ atMs }) => atMs),
        new Uint8Array(bytes),
        starts,
        rows.map((row) => row.bytes.length),
        rows.map(({ actor }) => actor),
        rows.map(({ carried }) => carried),
        claims.map(({ of }) => of),
        claims.map(({ client }) => client),
      ]);
    },
  };
}
