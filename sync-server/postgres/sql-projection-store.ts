import { z } from 'zod';
import { KINDS } from '../projection/catalogue-rows.ts';
import type { ProjectionStore } from '../projection/projection-store.ts';
import type { Sql } from './sql.ts';

const ArchiveRow = z.object({ id: z.string(), record: z.string() });
const ShownRow = z.object({ kind: z.enum(KINDS), key: z.string() });
const NumberRow = z.object({ number: z.coerce.number().int() });

/** The tables of `migrations/0030-projection.sql`. */
export function createSqlProjectionStore(sql: Sql): ProjectionStore {
  return {
    number: async () => {
      const [row] = await sql.query("SELECT number FROM projection WHERE document = 'catalogue'");
      return row === undefined ? -1 : NumberRow.parse(row).number;
    },
    write: async ({ from, to, nowMs, isWhole, rows, gone }) => {
      const [row] = await sql.query('SELECT project_catalogue($1, $2, $3, $4, $5, $6) AS number', [
        ...[from, to, nowMs, isWhole],
        ...[writeJson(rows), writeJson(gone)],
      ]);
      // What tables show can be another now, at the same number: answers that were kept are old.
      if (isWhole) await sql.query("UPDATE projection SET number = number + 1 WHERE document = 'beside'");
      return NumberRow.parse(row).number;
    },
    shown: async () => {
      const rows = await sql.query(
        `SELECT 'streams' AS kind, key FROM catalogue_streams WHERE NOT is_retired
         UNION ALL SELECT kind, key FROM catalogue_records`,
      );
      return rows.map((row) => ShownRow.parse(row));
    },
    archived: async (after, limit) => {
      const rows = await sql.query(
        `SELECT id, record FROM archive WHERE id > $1 AND id < 'streams0' ORDER BY id LIMIT $2`,
        [`streams/${after}`, limit],
      );
      return rows.map((row) => {
        const { id, record } = ArchiveRow.parse(row);
        return { key: id.slice('streams/'.length), record: JSON.parse(record) as unknown };
      });
    },
    settle: async () => {
      await sql.query('VACUUM (ANALYZE) catalogue_streams');
    },
    addArchived: async (rows, nowMs) => {
      await sql.query('SELECT project_archive($1, $2)', [writeJson(rows), nowMs]);
    },
  };
}

/** What the catalogue and its tables are at, as they are in this database. @throws {LogUnavailable} */
export async function readStanding(sql: Sql): Promise<{ readonly last: number; readonly tables: number }> {
  const [row] = await sql.query(
    `SELECT (SELECT last FROM documents WHERE name = 'catalogue') AS last,
            (SELECT number FROM projection WHERE document = 'catalogue') AS tables`,
    [],
    'catalogue-standing',
  );
  return { last: Number(row?.['last'] ?? 0), tables: Number(row?.['tables'] ?? -1) };
}

/** Postgres holds no NUL and no half of a character in a text; whoever writes to a document may. */
const writeJson = (value: unknown): string =>
  JSON.stringify(value, (_name, part: unknown) =>
    typeof part === 'string' ? part.replaceAll(ODD, '\uFFFD') : part,
  );

const ODD = /\0|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;
