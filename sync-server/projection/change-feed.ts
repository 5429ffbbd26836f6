import { z } from 'zod';
import type { Sql } from '../postgres/sql.ts';

/** Something that became of a record of the catalogue. */
export type CatalogueChange = {
  /** The catalogue's number; several changes can share one. */
  readonly number: number;
  readonly kind: string;
  readonly key: string;
  readonly id: number;
  readonly what: 'created' | 'updated' | 'deleted' | 'archived';
  readonly atMs: number;
};

const Row = z
  .object({
    number: z.coerce.number(),
    kind: z.string(),
    key: z.string(),
    id: z.number(),
    what: z.enum(['created', 'updated', 'deleted', 'archived']),
    at_ms: z.coerce.number(),
  })
  .transform(({ at_ms: atMs, ...row }): CatalogueChange => ({ ...row, atMs }));

/** What changed, in order, for programs that follow. Every call throws `LogUnavailable` while the database is away. */
export type ChangeFeed = {
  /**
   * Changes above a number, oldest first: all of as many numbers as bring about `most` of them, so that nothing of a
   * number is left for later. @param kinds undefined for all
   */
  readonly after: (
    number: number,
    kinds: readonly string[] | undefined,
    most: number,
  ) => Promise<readonly CatalogueChange[]>;
  /** The lowest number that is still kept; undefined when nothing is. */
  readonly oldest: () => Promise<number | undefined>;
  /** The number that the tables are at. */
  readonly last: () => Promise<number>;
  /** Forgets changes of before. @returns how many */
  readonly forget: (beforeMs: number) => Promise<number>;
};

export function createChangeFeed(sql: Sql): ChangeFeed {
  return {
    after: async (number, kinds, most) => {
      const rows = await sql.query(
        `SELECT number, kind, key, id, what, at_ms FROM catalogue_changes
         WHERE number > $1 AND ($2::text[] IS NULL OR kind = ANY($2)) AND number <= coalesce(
           (SELECT number FROM catalogue_changes WHERE number > $1 AND ($2::text[] IS NULL OR kind = ANY($2))
            ORDER BY number OFFSET $3 LIMIT 1), 9223372036854775807)
         ORDER BY number, kind, key`,
        [number, kinds ?? null, most],
      );
      return rows.map((row) => Row.parse(row));
    },
    oldest: async () => {
      const [row] = await sql.query('SELECT min(number) AS number FROM catalogue_changes');
      return row?.['number'] == null ? undefined : Number(row['number']);
    },
    last: async () => {
      const [row] = await sql.query("SELECT number FROM projection WHERE document = 'catalogue'");
      return row === undefined ? 0 : Math.max(0, Number(row['number']));
    },
    forget: async (beforeMs) => {
      const rows = await sql.query(
        `DELETE FROM catalogue_changes WHERE at_ms < $1 AND number < (SELECT max(number) FROM catalogue_changes)
         RETURNING number`,
        [beforeMs],
      );
      return rows.length;
    },
  };
}
