import type { CatalogueRecordRoot } from '#shared/document/catalogue-tables.ts';
import type { Sql, SqlValue } from '../postgres/sql.ts';
import { escapeLike } from './stream-filter.ts';

export type RecordKind = Exclude<CatalogueRecordRoot, 'streams'>;

/** What is asked of a list of records. `where` are conditions over `r` that this program wrote; `$?` is their value. */
export type RecordQuery = {
  readonly kind: RecordKind;
  readonly search?: string | undefined;
  readonly where?: readonly (readonly [condition: string, value: SqlValue])[];
  /** An ORDER BY that this program wrote. */
  readonly order: string;
  readonly limit: number;
  readonly offset: number;
};

type Rows = readonly Record<string, unknown>[];

/** Reads streamers, locations, ignore rules, events and walls from the tables. Every call can throw `LogUnavailable`. */
export type RecordReads = {
  readonly page: (query: RecordQuery) => Promise<{ readonly rows: Rows; readonly total: number }>;
  readonly find: (kind: RecordKind, id: number | string) => Promise<Record<string, unknown> | undefined>;
  /** Those of many keys that are there, in the order of the keys. */
  readonly all: (kind: RecordKind, keys: readonly string[]) => Promise<Rows>;
  /** Integer ids of keys. */
  readonly idsOf: (
    kind: CatalogueRecordRoot,
    keys: readonly string[],
  ) => Promise<ReadonlyMap<string, number>>;
};

/** Beside each record: who added it, and, where streams name it, how many do. */
const COLUMNS = `r.id, r.key, r.kind, r.body, r.updated_at_ms,
  u.number AS user_number, u.email AS user_email, u.name AS user_name, u.role AS user_role,
  u.created_at_ms AS user_created_at_ms, u.updated_at_ms AS user_updated_at_ms, k.label AS key_label,
  CASE r.kind
    WHEN 'locations' THEN (SELECT count(*)::integer FROM catalogue_streams s WHERE s.location_key = r.key)
    WHEN 'streamers' THEN (SELECT count(*)::integer FROM catalogue_streams s WHERE s.streamer_key = r.key)
    ELSE 0 END AS streams_count,
  CASE WHEN r.kind = 'streamers'
    THEN (SELECT count(*)::integer FROM catalogue_streams s WHERE s.streamer_key = r.key AND s.status = 'live')
    ELSE 0 END AS live_count`;
const NEIGHBOURS = `LEFT JOIN users u ON u.id = substring(r.body->>'addedBy' FROM '^user:(.+)$')
  LEFT JOIN service_keys k ON k.id = substring(r.body->>'addedBy' FROM '^service:(.+)$')`;

export function createRecordReads(sql: Sql): RecordReads {
  return {
    page: async ({ kind, search = '', where = [], order, limit, offset }) => {
      const values: SqlValue[] = [kind];
      const conditions = ['r.kind = $1'];
      const words = search.toLowerCase().replaceAll('\0', '').split(/\s+/).filter(Boolean).slice(0, 10);
      const searched = words.map((word) => ['r.search LIKE $?', `%${escapeLike(word)}%`] as const);
      for (const [condition, value] of [...where, ...searched]) {
        values.push(value);
        conditions.push(condition.replace('$?', `$${String(values.length)}`));
      }
      const text = conditions.join(' AND ');
      const inner = `SELECT * FROM catalogue_records r WHERE ${text} ORDER BY ${order}
        LIMIT $${String(values.length + 1)} OFFSET $${String(values.length + 2)}`;
      const [rows, [counted]] = await Promise.all([
        sql.query(`SELECT ${COLUMNS} FROM (${inner}) r ${NEIGHBOURS} ORDER BY ${order}`, [
          ...values,
          limit,
          offset,
        ]),
        sql.query(`SELECT count(*)::integer AS total FROM catalogue_records r WHERE ${text}`, values),
      ]);
      return { rows, total: Number(counted?.['total'] ?? 0) };
    },
    find: async (kind, id) => {
      const [row] = await sql.query(
        `SELECT ${COLUMNS} FROM catalogue_records r ${NEIGHBOURS}
         WHERE r.kind = $1 AND ${typeof id === 'number' ? 'r.id' : 'r.key'} = $2`,
        [kind, id],
      );
      return row;
    },
    all: async (kind, keys) =>
      sql.query(
        `SELECT ${COLUMNS} FROM unnest($2::text[]) WITH ORDINALITY AS wanted(key, place)
         JOIN catalogue_records r ON r.kind = $1 AND r.key = wanted.key ${NEIGHBOURS} ORDER BY wanted.place`,
        [kind, keys],
      ),
    idsOf: async (kind, keys) => {
      if (keys.length === 0) return new Map();
      const rows = await sql.query('SELECT key, id FROM rest_ids WHERE kind = $1 AND key = ANY($2)', [
        kind,
        keys,
      ]);
      return new Map(rows.map((row) => [String(row['key']), Number(row['id'])]));
    },
  };
}
