import { z } from 'zod';
import type { BroughtBackBook, BroughtBackEntry } from '../history/brought-back-book.ts';
import { RECORD_KINDS } from '../history/compare-catalogues.ts';
import { orUndefined, Time } from './sql-rows.ts';
import type { Sql } from './sql.ts';

const Number64 = z.coerce.number();
const Row = z
  .object({
    ...{ id: Number64, document: z.string(), moment: Number64, before: Number64, after: Number64 },
    ...{ actor: z.string(), at_ms: Time, done: z.number(), refused: z.number() },
    records: orUndefined(z.array(z.object({ kind: z.enum(RECORD_KINDS), id: z.string() }))),
    ...{
      undone_at_ms: orUndefined(Time),
      undone_by: orUndefined(z.string()),
      undone: orUndefined(z.number()),
    },
  })
  .transform(({ at_ms: atMs, undone_at_ms, undone_by, undone: count, ...row }) => {
    const undone: BroughtBackEntry['undone'] =
      undone_at_ms === undefined
        ? undefined
        : { atMs: undone_at_ms, actor: undone_by ?? '', done: count ?? 0 };
    return { ...row, atMs, undone };
  });

/** What was brought back, in the table of `migrations/`. */
export function createSqlBroughtBackBook(sql: Sql): BroughtBackBook {
  return {
    begin: async ({ document, moment, before, actor, atMs, records }) => {
      const said = records === undefined ? null : JSON.stringify(records);
      const [row] = await sql.query(
        `INSERT INTO brought_back (document, moment, before, after, actor, at_ms, records)
         VALUES ($1, $2, $3, $3, $4, $5, $6::jsonb) RETURNING id`,
        [document, moment, before, actor, atMs, said],
      );
      return Number64.parse(row?.['id']);
    },
    progress: async (id, { after, done, refused }) => {
      await sql.query('UPDATE brought_back SET after = $2, done = $3, refused = $4 WHERE id = $1', [
        ...[id, after, done, refused],
      ]);
    },
    list: async (document, limit) => {
      const rows = await sql.query(
        'SELECT * FROM brought_back WHERE document = $1 AND done > 0 ORDER BY id DESC LIMIT $2',
        [document, limit],
      );
      return rows.map((row) => Row.parse(row));
    },
    find: async ({ document, before, after, actor }) => {
      const [row] = await sql.query(
        `SELECT * FROM brought_back WHERE document = $1 AND before = $2 AND after = $3 AND actor = $4
         ORDER BY id DESC LIMIT 1`,
        [document, before, after, actor],
      );
      return row === undefined ? undefined : Row.parse(row);
    },
    noteUndone: async (id, { atMs, actor, done }) => {
      await sql.query(
        `UPDATE brought_back SET undone_at_ms = $2, undone_by = $3, undone = $4
         WHERE id = $1 AND undone_at_ms IS NULL`,
        [id, atMs, actor, done],
      );
    },
  };
}
