import type { Sql } from '../postgres/sql.ts';
import { orderOf, whereOf, type StreamFilter } from './stream-filter.ts';

/** The rows of a page with everything that an answer shows beside them: whose, which streamer, where. */
const WITH_NEIGHBOURS = (inner: string, order: string): string => `
SELECT s.id, s.key, s.number, s.updated_at_ms, s.is_retired, s.body, c.at_ms AS checked_at_ms,
  u.number AS user_number, u.email AS user_email, u.name AS user_name, u.role AS user_role,
  u.created_at_ms AS user_created_at_ms, u.updated_at_ms AS user_updated_at_ms, k.label AS key_label,
  r.id AS streamer_id, r.body->>'name' AS streamer_name, l.id AS location_id
FROM (${inner}) s
LEFT JOIN stream_checks c ON c.key = s.key
LEFT JOIN users u ON u.id = substring(s.added_by FROM '^user:(.+)$')
LEFT JOIN service_keys k ON k.id = substring(s.added_by FROM '^service:(.+)$')
LEFT JOIN catalogue_records r ON r.kind = 'streamers' AND r.key = s.streamer_key
LEFT JOIN catalogue_records l ON l.kind = 'locations' AND l.key = s.location_key
ORDER BY ${order}`;

type Rows = readonly Record<string, unknown>[];

/** Reads streams from the tables, as rows. Every call throws `LogUnavailable` while the database does not answer. */
export type StreamReads = {
  readonly page: (
    filter: StreamFilter,
    page: { readonly sort: string | undefined; readonly limit: number; readonly offset: number },
  ) => Promise<Rows>;
  readonly count: (filter: StreamFilter) => Promise<number>;
  /** By integer id or by key, also of one that is shown as another now. */
  readonly find: (id: number | string) => Promise<Record<string, unknown> | undefined>;
};

export function createStreamReads(sql: Sql): StreamReads {
  return {
    page: async (filter, { sort, limit, offset }) => {
      const { text, values } = whereOf(filter);
      const order = orderOf(sort);
      const places = [`$${String(values.length + 1)}`, `$${String(values.length + 2)}`] as const;
      const inner = `SELECT * FROM catalogue_streams s WHERE ${text} ORDER BY ${order} LIMIT ${places[0]} OFFSET ${places[1]}`;
      return sql.query(WITH_NEIGHBOURS(inner, order), [...values, limit, offset]);
    },
    count: async (filter) => {
      const { text, values } = whereOf(filter);
      const [row] = await sql.query(
        `SELECT count(*)::integer AS total FROM catalogue_streams s WHERE ${text}`,
        values,
      );
      return Number(row?.['total'] ?? 0);
    },
    find: async (id) => {
      const key =
        typeof id === 'number'
          ? "(SELECT key FROM rest_ids WHERE kind = 'streams' AND id = $1::integer)"
          : '$1::text';
      const inner = `SELECT * FROM catalogue_streams
        WHERE key = coalesce((SELECT leader FROM stream_aliases WHERE member = ${key}), ${key})`;
      const [row] = await sql.query(WITH_NEIGHBOURS(inner, 's.id'), [id]);
      return row;
    },
  };
}
