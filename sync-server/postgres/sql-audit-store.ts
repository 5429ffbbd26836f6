import { z } from 'zod';
import {
  AUDIT_VIAS,
  SAME_REQUEST_MS,
  sumTallies,
  WINDOW_MS,
  type AuditTally,
  type NewAuditEntry,
} from '../audit/audit-entry.ts';
import type { AuditQuery, AuditStore } from '../audit/audit-store.ts';
import { writableJson } from './writable-json.ts';
import type { Sql, SqlValue } from './sql.ts';
import { orUndefined, Time } from './sql-rows.ts';

const Shared = {
  actor: z.string(),
  via: z.enum(AUDIT_VIAS),
  action: z.string(),
  target: z.string(),
  since_ms: Time,
  at_ms: Time,
  from_address: orUndefined(z.string()),
  count: z.number(),
};
const EntryRow = z
  .object({ ...Shared, number: Time, before: z.unknown(), after: z.unknown() })
  .transform(({ since_ms, at_ms, from_address, ...row }) => ({
    ...row,
    ...{ sinceMs: since_ms, atMs: at_ms, from: from_address },
  }));
const TallyRow = z
  .object({ ...Shared, window_ms: Time, samples: z.array(z.unknown()) })
  .transform(({ since_ms, at_ms, from_address, window_ms, ...row }) => ({
    ...row,
    ...{ sinceMs: since_ms, atMs: at_ms, from: from_address, windowMs: window_ms },
  }));
const CountRow = z.object({ stretch: Time, sum: z.coerce.number() });

/**
 * Where the author of an edit came from: by the request that it answers to, which is noted right behind it, or by where they
 * connected or signed in last before it.
 */
const cameFrom = (edit: string): string => `coalesce(
  (SELECT a.from_address FROM audit a WHERE a.via = 'http' AND a.actor = ${edit}.actor
     AND a.at_ms BETWEEN ${edit}.at_ms AND ${edit}.at_ms + ${String(SAME_REQUEST_MS)} ORDER BY a.number LIMIT 1),
  (SELECT a.from_address FROM audit a WHERE a.via = 'socket' AND a.actor = ${edit}.actor
     AND a.at_ms <= ${edit}.at_ms ORDER BY a.number DESC LIMIT 1),
  (SELECT t.from_address FROM audit_tallies t WHERE t.window_ms BETWEEN ${edit}.at_ms - 2 * ${String(WINDOW_MS)} AND ${edit}.at_ms
     AND t.via = 'http' AND t.actor = ${edit}.actor ORDER BY t.at_ms DESC LIMIT 1),
  (SELECT a.from_address FROM audit a WHERE a.via <> 'document' AND a.actor = ${edit}.actor
     AND a.from_address IS NOT NULL AND a.at_ms <= ${edit}.at_ms ORDER BY a.number DESC LIMIT 1))`;

const WRITE = `
 entered AS (
  INSERT INTO audit (since_ms, at_ms, actor, via, action, target, from_address, before, after, count)
  SELECT e.at_ms, e.at_ms, e.actor, e.via, e.action, e.target,
    coalesce(e.from_address, CASE WHEN e.via = 'document' THEN ${cameFrom('e')} END),
    e.before, e.after, e.count
  FROM jsonb_to_recordset($1::jsonb) AS e(at_ms bigint, actor text, via text, action text, target text,
    from_address text, before jsonb, after jsonb, count integer)
  WHERE (SELECT may FROM turn)),
 counted AS (
  INSERT INTO audit_tallies AS t
    (actor, via, action, target, window_ms, since_ms, at_ms, from_address, count, samples)
  SELECT n.actor, n.via, n.action, n.target, n.window_ms, n.since_ms, n.at_ms,
    coalesce(n.from_address, CASE WHEN n.via = 'document' THEN ${cameFrom('n')} END), n.count, n.samples
  FROM jsonb_to_recordset($2::jsonb) AS n(actor text, via text, action text, target text,
    window_ms bigint, since_ms bigint, at_ms bigint, from_address text, count integer, samples jsonb)
  WHERE (SELECT may FROM turn)
  ON CONFLICT (window_ms, actor, via, action, target) DO UPDATE SET
    count = t.count + excluded.count,
    since_ms = least(t.since_ms, excluded.since_ms),
    at_ms = greatest(t.at_ms, excluded.at_ms),
    from_address = coalesce(excluded.from_address, t.from_address),
    samples = CASE WHEN jsonb_array_length(t.samples) < 5 THEN
      (SELECT coalesce(jsonb_agg(s), '[]')
       FROM (SELECT DISTINCT s FROM jsonb_array_elements(t.samples || excluded.samples) s LIMIT 5) d)
      ELSE t.samples END)
 SELECT may FROM turn`;

const APPEND = `WITH turn AS (SELECT true AS may), ${WRITE}`;
/** What a crash takes back of this is read from the log once more, so that no edit waits for a disk because of it. */
const TAKE = `WITH moved AS (
  INSERT INTO audit_progress AS p (document, number) VALUES ($3, $5)
  ON CONFLICT (document) DO UPDATE SET number = excluded.number WHERE p.number = $4
  RETURNING number),
 turn AS (SELECT EXISTS (SELECT 1 FROM moved) AS may, set_config('synchronous_commit', 'off', true)), ${WRITE}`;

/** The audit in the tables of `migrations/`. */
export function createSqlAuditStore(sql: Sql): AuditStore {
  return {
    append: async (entries, tallies) => {
      await sql.query(APPEND, [entriesJson(entries), talliesJson(tallies)]);
    },
    progress: async () => {
      const rows = await sql.query<{ document: string; number: unknown }>(
        'SELECT document, number FROM audit_progress',
      );
      return new Map(rows.map(({ document, number }) => [document, Time.parse(number)]));
    },
    take: async ({ document, after, upTo, entries, tallies }) => {
      const values = [entriesJson(entries), talliesJson(tallies), document, after, upTo];
      const [row] = await sql.query<{ may: boolean }>(TAKE, values, 'audit_take');
      return row?.may === true;
    },
    closeTallies: async (beforeMs) => {
      const rows = await sql.query(
        `WITH ended AS (DELETE FROM audit_tallies WHERE window_ms < $1 RETURNING *)
         INSERT INTO audit (since_ms, at_ms, actor, via, action, target, from_address, before, after, count)
         SELECT since_ms, at_ms, actor, via, action, target, from_address, NULL,
           CASE WHEN samples = '[]' THEN NULL ELSE jsonb_build_object('for instance', samples) END, count
         FROM ended RETURNING number`,
        [beforeMs],
      );
      return rows.length;
    },
    list: async (query) => {
      const { where, values } = whereOf(query);
      const rows = await sql.query(
        `SELECT * FROM audit ${where} ORDER BY number DESC LIMIT $${String(values.length + 1)}`,
        [...values, query.limit],
      );
      return rows.map((row) => EntryRow.parse(row));
    },
    tallies: async (limit) => {
      const rows = await sql.query('SELECT * FROM audit_tallies ORDER BY at_ms DESC LIMIT $1', [limit]);
      return rows.map((row) => TallyRow.parse(row));
    },
    counts: async ({ action, target, sinceMs, stretchMs }) => {
      const rows = await sql.query(
        `SELECT at_ms - at_ms % $4 AS stretch, sum(count) AS sum FROM (
           SELECT at_ms, count FROM audit WHERE action = $1 AND starts_with(target, $2) AND at_ms >= $3
           UNION ALL
           SELECT at_ms, count FROM audit_tallies WHERE action = $1 AND starts_with(target, $2) AND at_ms >= $3
         ) AS deeds GROUP BY 1`,
        [action, target, sinceMs, stretchMs],
      );
      return new Map(rows.map((row) => CountRow.parse(row)).map(({ stretch, sum }) => [stretch, sum]));
    },
  };
}

function whereOf(query: AuditQuery): { where: string; values: readonly SqlValue[] } {
  const wanted: readonly (readonly [(place: string) => string, SqlValue | undefined])[] = [
    [(place) => `number < ${place}`, query.before],
    [(place) => `actor = ${place}`, query.actor],
    [(place) => `via = ${place}`, query.via],
    [(place) => `starts_with(action, ${place})`, query.action],
    [(place) => `starts_with(target, ${place})`, query.target],
    [(place) => `starts_with(from_address, ${place})`, query.from],
    [
      (place) => `strpos(lower(concat_ws(E'\\n', actor, action, target, from_address)), ${place}) > 0`,
      query.search?.toLowerCase(),
    ],
    [
      (place) => `strpos(lower(concat_ws(E'\\n', before, after)), ${place}) > 0`,
      query.changed?.toLowerCase(),
    ],
    [(place) => `at_ms >= ${place}`, query.sinceMs],
    [(place) => `at_ms < ${place}`, query.untilMs],
  ];
  const given = wanted.flatMap(([condition, value]) =>
    value === undefined || value === '' ? [] : [{ condition, value }],
  );
  const parts = given.map(({ condition }, index) => condition(`$${String(index + 1)}`));
  return {
    where: parts.length === 0 ? '' : `WHERE ${parts.join(' AND ')}`,
    values: given.map(({ value }) => value),
  };
}

const entriesJson = (entries: readonly NewAuditEntry[]): string =>
  writableJson(
    entries.map(({ atMs, from, count = 1, ...entry }) => ({
      ...entry,
      ...{ at_ms: atMs, from_address: from ?? null, count },
    })),
  );

const talliesJson = (tallies: readonly AuditTally[]): string =>
  writableJson(
    sumTallies(tallies).map(({ sinceMs, atMs, from, windowMs, ...tally }) => ({
      ...tally,
      ...{ since_ms: sinceMs, at_ms: atMs, from_address: from ?? null, window_ms: windowMs },
    })),
  );
