import { z } from 'zod';
import type { Sql } from '../postgres/sql.ts';

/** A stream that time alone archived, or that came back by being live. */
export type StreamRest = {
  /** Counts what shows beside the catalogue; several can share one. */
  readonly number: number;
  readonly key: string;
  readonly id: number;
  readonly what: 'archived' | 'updated';
  readonly atMs: number;
};

const Row = z
  .object({
    number: z.coerce.number(),
    key: z.string(),
    id: z.number(),
    what: z.enum(['archived', 'updated']),
    at_ms: z.coerce.number(),
  })
  .transform(({ at_ms: atMs, ...row }): StreamRest => ({ ...row, atMs }));

export type RestRules = {
  readonly nowMs: number;
  /** What was over before then is archived. */
  readonly overBeforeMs: number;
  /** Streams that stand on a wall stay. */
  readonly onWalls: readonly string[];
};

/** What changes, its number and its place among what is told to followers are one step, or nothing of it is. */
const noted = (changed: string, what: StreamRest['what']): string => `
WITH changed AS (${changed} RETURNING s.key),
counted AS (UPDATE projection SET number = number + 1 WHERE document = 'beside' AND EXISTS (SELECT FROM changed) RETURNING number),
told AS (INSERT INTO stream_rests (number, key, what, at_ms) SELECT number, key, '${what}', $1::bigint FROM changed, counted)
SELECT key FROM changed`;

const ARCHIVE = noted(
  `UPDATE catalogue_streams s SET rested_at_ms = $1, updated_at_ms = greatest($1, updated_at_ms)
   WHERE NOT is_archived AND NOT is_pinned AND status_detail IN ('offline', 'gone')
     AND kind NOT IN ('background', 'overlay') AND NOT coalesce((body->>'noCheck')::boolean, false)
     AND greatest(last_live_at_ms, ended_at_ms, status_at_ms, added_at_ms, kept_at_ms) < $2
     AND key <> ALL($3::text[])`,
  'archived',
);
const WAKE = noted(
  `UPDATE catalogue_streams s SET rested_at_ms = NULL, updated_at_ms = greatest($1, updated_at_ms)
   WHERE key = $2 AND rested_at_ms IS NOT NULL`,
  'updated',
);
const BRING_BACK = noted(
  'UPDATE catalogue_streams s SET rested_at_ms = NULL WHERE rested_at_ms IS NOT NULL AND NOT is_archived',
  'updated',
);

/** Streams that rest, in the tables alone. Every call throws `LogUnavailable` while the database does not answer. */
export type StreamRests = {
  /** @returns keys of streams that are archived from now on */
  readonly archive: (rules: RestRules) => Promise<readonly string[]>;
  /** Takes down which of them are back. @returns their keys */
  readonly bringBack: (nowMs: number) => Promise<readonly string[]>;
  /** Somebody brings a stream back: it is left alone for as long as if it had been live now. */
  readonly wake: (key: string, nowMs: number) => Promise<void>;
  /** What became of streams above a number, oldest first: all of each number. */
  readonly after: (number: number, most: number) => Promise<readonly StreamRest[]>;
  /** The number that what shows beside the catalogue is at. */
  readonly last: () => Promise<number>;
  readonly forget: (beforeMs: number) => Promise<void>;
};

export function createStreamRests(sql: Sql): StreamRests {
  const keysOf = (rows: readonly Record<string, unknown>[]): readonly string[] =>
    rows.map(({ key }) => String(key));
  return {
    archive: async ({ nowMs, overBeforeMs, onWalls }) =>
      keysOf(await sql.query(ARCHIVE, [nowMs, overBeforeMs, onWalls])),
    bringBack: async (nowMs) => keysOf(await sql.query(BRING_BACK, [nowMs])),
    wake: async (key, nowMs) => {
      await sql.query('UPDATE catalogue_streams SET kept_at_ms = $2 WHERE key = $1', [key, nowMs]);
      await sql.query(WAKE, [nowMs, key]);
    },
    after: async (number, most) => {
      const rows = await sql.query(
        `SELECT r.number, r.key, i.id, r.what, r.at_ms FROM stream_rests r
         JOIN rest_ids i ON i.kind = 'streams' AND i.key = r.key
         WHERE r.number > $1 AND r.number <= coalesce(
           (SELECT number FROM stream_rests WHERE number > $1 ORDER BY number OFFSET $2 LIMIT 1), 9223372036854775807)
         ORDER BY r.number, r.key`,
        [number, most],
      );
      return rows.map((row) => Row.parse(row));
    },
    last: async () => {
      const [row] = await sql.query("SELECT number FROM projection WHERE document = 'beside'");
      return Number(row?.['number'] ?? 0);
    },
    forget: async (beforeMs) =>
      void (await sql.query('DELETE FROM stream_rests WHERE at_ms < $1', [beforeMs])),
  };
}
