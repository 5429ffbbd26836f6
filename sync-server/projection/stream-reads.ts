import { createHash } from 'node:crypto';
import type { Sql } from '../postgres/sql.ts';
import { orderOf, whereOf, type StreamFilter } from './stream-filter.ts';

/**
 * The rows that `keys` chooses, in order, with everything that an answer shows beside them: whose, which streamer, where.
 * The choosing reads narrow indexes; only what is chosen is read whole.
 */
const withNeighbours = (chosen: string, order: string): string => `
SELECT s.id, s.key, s.number, s.updated_at_ms, s.is_retired, s.is_archived, s.body, c.at_ms AS checked_at_ms,
  u.number AS user_number, u.email AS user_email, u.name AS user_name, u.role AS user_role,
  u.created_at_ms AS user_created_at_ms, u.updated_at_ms AS user_updated_at_ms, k.label AS key_label,
  r.id AS streamer_id, r.body->>'name' AS streamer_name, l.id AS location_id
FROM ${chosen}
JOIN catalogue_streams s ON s.key = chosen.key
LEFT JOIN stream_checks c ON c.key = s.key
LEFT JOIN users u ON u.id = substring(s.added_by FROM '^user:(.+)$')
LEFT JOIN service_keys k ON k.id = substring(s.added_by FROM '^service:(.+)$')
LEFT JOIN catalogue_records r ON r.kind = 'streamers' AND r.key = s.streamer_key
LEFT JOIN catalogue_records l ON l.kind = 'locations' AND l.key = s.location_key
ORDER BY ${order}`;

type Rows = readonly Record<string, unknown>[];
type Part = { readonly sort: string | undefined; readonly limit: number; readonly offset: number };

/** Reads streams from the tables, as rows. Every call throws `LogUnavailable` while the database does not answer. */
export type StreamReads = {
  readonly page: (filter: StreamFilter, part: Part) => Promise<Rows>;
  /** A page, how many there are in all, and what the tables were at; all at one moment, but for what a search shows of what it found, which may be newer. */
  readonly list: (filter: StreamFilter, part: Part) => Promise<ReadList>;
  /** The keys of all that a filter chooses, in order, at one moment; at most so many. */
  readonly keys: (filter: StreamFilter, part: Omit<Part, 'offset'>) => Promise<readonly string[]>;
  /** Those of these keys that are there, in the order of the keys. */
  readonly chosen: (keys: readonly string[]) => Promise<Rows>;
  /** By integer id or by key, also of one that is shown as another now. */
  readonly find: (id: number | string) => Promise<Record<string, unknown> | undefined>;
};

export type ReadList = {
  readonly rows: Rows;
  readonly total: number;
  /** Numbers of the catalogue: of its tables, and the last that is stored in this database. */
  readonly number: number;
  readonly last: number;
  /** Counts what changes beside the catalogue. */
  readonly beside: number;
};

/** The statement of a page: its last two values are how many, and after how many. */
export function pageStatement(filter: StreamFilter, sort: string | undefined) {
  const { keys, values } = keysStatement(filter, sort);
  return { text: withNeighbours(`(${keys}) chosen`, orderOf(sort)), values };
}

function keysStatement(filter: StreamFilter, sort: string | undefined) {
  const { text, values } = whereOf(filter);
  const [limit, offset] = [values.length + 1, values.length + 2].map((place) => `$${String(place)}`);
  const keys = `SELECT s.key FROM catalogue_streams s WHERE ${text} ORDER BY ${orderOf(sort)} LIMIT ${String(limit)} OFFSET ${String(offset)}`;
  return { keys, values };
}

export function countStatement(filter: StreamFilter) {
  const { text, values } = whereOf(filter);
  return { text: `SELECT count(*)::integer AS total FROM catalogue_streams s WHERE ${text}`, values };
}

/** How many there are in all, and what the tables are at. */
const totals = (filter: StreamFilter): string => `
  SELECT (${countStatement(filter).text}) AS total,
    (SELECT number FROM projection WHERE document = 'catalogue') AS tables_at,
    (SELECT number FROM projection WHERE document = 'beside') AS beside,
    (SELECT last FROM documents WHERE name = 'catalogue') AS last`;

/** Both, and what the tables are at, in one: each statement costs a way there and back. Always at least one row. */
function listStatement(filter: StreamFilter, sort: string | undefined) {
  const page = pageStatement(filter, sort);
  const text = `SELECT at.*, page.* FROM (${totals(filter)}) at LEFT JOIN (${page.text}) page ON true`;
  return { text, values: page.values };
}

/**
 * Which streams a page shows, without what is shown of them. How a word is best found depends on the word, so a search is
 * planned each time; planning it together with all that it brings along costs more than a second way there and back.
 */
export function choiceStatement(filter: StreamFilter, sort: string | undefined) {
  const { keys, values } = keysStatement(filter, sort);
  return { text: `SELECT at.*, ARRAY(${keys}) AS keys FROM (${totals(filter)}) at`, values };
}
/** What is shown of streams by their keys, in the order of these. */
export const CHOSEN = withNeighbours(
  'unnest($1::text[]) WITH ORDINALITY AS chosen(key, place)',
  'chosen.place',
);

export function createStreamReads(sql: Sql): StreamReads {
  const nameOf = createNames();
  const chosen = async (keys: readonly string[]): Promise<Rows> =>
    keys.length > 0 ? sql.query(CHOSEN, [keys], nameOf(CHOSEN)) : [];
  const showChosen = async (keys: unknown): Promise<Rows> =>
    Array.isArray(keys) ? chosen(keys.map(String)) : [];
  return {
    chosen,
    keys: async (filter, { sort, limit }) => {
      const { keys, values } = keysStatement(filter, sort);
      const rows = await sql.query(keys, [...values, limit, 0], nameOf(keys));
      return rows.map((row) => String(row['key']));
    },
    page: async (filter, { sort, limit, offset }) => {
      const { text, values } = pageStatement(filter, sort);
      return sql.query(text, [...values, limit, offset], nameOf(text));
    },
    list: async (filter, { sort, limit, offset }) => {
      const isSearch = filter.search !== undefined;
      const { text, values } = isSearch ? choiceStatement(filter, sort) : listStatement(filter, sort);
      const rows = await sql.query(text, [...values, limit, offset], nameOf(text));
      const [first] = rows;
      return {
        rows: isSearch ? await showChosen(first?.['keys']) : rows.filter((row) => row['key'] !== null),
        total: Number(first?.['total'] ?? 0),
        number: Number(first?.['tables_at'] ?? -1),
        last: Number(first?.['last'] ?? 0),
        beside: Number(first?.['beside'] ?? 0),
      };
    },
    find: async (id) => {
      const given =
        typeof id === 'number'
          ? "(SELECT key FROM rest_ids WHERE kind = 'streams' AND id = $1::integer)"
          : '$1::text';
      const keys = `SELECT coalesce((SELECT leader FROM stream_aliases WHERE member = ${given}), ${given}) AS key`;
      const text = withNeighbours(`(${keys}) chosen`, 's.id');
      const [row] = await sql.query(text, [id], nameOf(text));
      return row;
    },
  };
}

/** Each connection remembers the plan of a statement that has a name; of all that people can think up, only some get one. */
const MAX_NAMES = 64;

function createNames(): (text: string) => string | undefined {
  const names = new Map<string, string>();
  return (text) => {
    // What is searched for decides how it is best found: such a plan is made anew.
    if (text.includes('LIKE')) return undefined;
    const known = names.get(text);
    if (known !== undefined || names.size >= MAX_NAMES) return known;
    const name = `streams-${createHash('sha1').update(text).digest('base64url')}`;
    names.set(text, name);
    return name;
  };
}
