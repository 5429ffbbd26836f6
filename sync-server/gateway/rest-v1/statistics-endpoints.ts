import { z } from 'zod';
import type { SqlValue } from '../../postgres/sql.ts';
import { endpoint, type Endpoint } from './endpoint.ts';
import { isoTime, Time } from './rest-fields.ts';
import type { RestParts } from './rest-parts.ts';
import { findKey } from './stream-endpoints.ts';

const core = { tag: 'statistics' } as const;
const count = z.coerce.number();
const Day = z.iso.date();
const Range = z.object({ from: Day.optional(), to: Day.optional() });

const Analytics = z.object({
  stream_id: z.int(),
  broadcasts: z.int(),
  live_seconds: z.int(),
  first_live_at: Time.nullable(),
  last_live_at: Time.nullable(),
  first_on_wall_at: Time.nullable(),
  changes: z.int(),
  // Nobody measures these; StreamSource made them up.
  views_count: z.null(),
  unique_viewers: z.null(),
  average_watch_time: z.null(),
  peak_concurrent_viewers: z.null(),
  last_updated: Time,
});
const AnalyticsRow = z.object({
  ...{ broadcasts: count, live_ms: count, changes: count },
  ...{ first_ms: count.nullable(), last_ms: count.nullable(), wall_ms: count.nullable() },
});

/** What each statistic can be told by, and how its columns are named. */
const LIVE_TIME = {
  day: 'day::text AS day',
  platform: 'platform',
  country: 'country',
  state: 'region AS state',
  city: 'city',
} as const;

export function statisticsEndpoints(parts: RestParts): readonly Endpoint[] {
  return [analytics(parts), liveTime(parts), ...others(parts), rebuild(parts)];
}

function analytics(parts: RestParts): Endpoint {
  return endpoint({
    ...{
      tag: 'streams',
      method: 'get',
      path: '/streams/{id}/analytics',
      summary: 'What is known of a stream’s life',
    },
    answers: { 200: Analytics },
    handle: async ({ params }) => {
      const key = await findKey(parts, params['id']);
      const nowMs = parts.clock.nowMs();
      const [[row], ids] = await Promise.all([
        parts.sql.query(
          `SELECT count(*) AS broadcasts, min(started_at_ms) AS first_ms,
             coalesce(sum(greatest(0, until_ms - started_at_ms)), 0) AS live_ms, max(until_ms) AS last_ms,
             (SELECT first_at_ms FROM stream_walls WHERE key = $1) AS wall_ms,
             (SELECT count(*) FROM catalogue_changes WHERE kind = 'streams' AND key = $1) AS changes
           FROM broadcasts WHERE key = $1`,
          [key],
        ),
        parts.records.idsOf('streams', [key]),
      ]);
      const read = AnalyticsRow.parse(row);
      const nobodyMeasures = { views_count: null, unique_viewers: null, average_watch_time: null };
      return {
        body: {
          ...{
            stream_id: ids.get(key),
            broadcasts: read.broadcasts,
            live_seconds: Math.round(read.live_ms / 1_000),
          },
          ...{ first_live_at: isoTime(read.first_ms), last_live_at: isoTime(read.last_ms) },
          ...{ first_on_wall_at: isoTime(read.wall_ms), changes: read.changes },
          ...{ ...nobodyMeasures, peak_concurrent_viewers: null, last_updated: isoTime(nowMs) },
        },
      };
    },
  });
}

function rebuild(parts: RestParts): Endpoint {
  return endpoint({
    ...{ tag: 'tables', method: 'post', path: '/tables/rebuild', who: 'admin' },
    summary: 'Write the tables anew from the document and the archive; integer ids stay',
    answers: { 200: z.object({ number: z.int(), streams: z.int() }) },
    handle: async () => {
      const number = await parts.desk.rebuild();
      const [row] = await parts.sql.query('SELECT count(*)::integer AS streams FROM catalogue_streams');
      return { body: { number, streams: row?.['streams'] } };
    },
  });
}

function liveTime(parts: RestParts): Endpoint {
  return endpoint({
    ...{
      ...core,
      method: 'get',
      path: '/statistics/live_time',
      summary: 'How long streams were live, a few minutes old',
    },
    query: Range.extend({ by: z.enum(['day', 'platform', 'country', 'state', 'city']).default('day') }),
    answers: {
      200: z.object({
        rows: z.array(
          z.object({
            ...{
              day: z.string().optional(),
              platform: z.string().optional(),
              country: z.string().optional(),
            },
            ...{ state: z.string().optional(), city: z.string().optional(), streams: count, seconds: count },
          }),
        ),
      }),
    },
    handle: async ({ query: { by, from, to } }) => {
      const column = LIVE_TIME[by];
      const rows = await parts.sql.query(
        `SELECT ${column}, sum(streams)::integer AS streams, sum(seconds)::bigint AS seconds FROM live_time
         WHERE day BETWEEN coalesce($1::date, '-infinity') AND coalesce($2::date, 'infinity')
         GROUP BY 1 ORDER BY ${by === 'day' ? '1 DESC' : 'seconds DESC'} LIMIT 1000`,
        rangeOf({ from, to }),
      );
      return { body: { rows: rows.map((row) => ({ ...row, seconds: Number(row['seconds']) })) } };
    },
  });
}

function others(parts: RestParts): readonly Endpoint[] {
  return [
    endpoint({
      ...{
        ...core,
        method: 'get',
        path: '/statistics/discovery',
        summary: 'How many streams were found, by day and source',
      },
      query: Range,
      answers: {
        200: z.object({
          rows: z.array(
            z.object({
              ...{ day: z.string(), source: z.string(), platform: z.string() },
              ...{ streams: z.int(), reached_a_wall: z.int() },
            }),
          ),
        }),
      },
      handle: async ({ query }) => ({
        body: {
          rows: await parts.sql.query(
            `SELECT day::text AS day, source, platform, streams, reached_a_wall FROM discovery
             WHERE day BETWEEN coalesce($1::date, '-infinity') AND coalesce($2::date, 'infinity')
             ORDER BY day DESC, streams DESC, source, platform LIMIT 2000`,
            rangeOf(query),
          ),
        },
      }),
    }),
    endpoint({
      ...{
        ...core,
        method: 'get',
        path: '/statistics/first_wall',
        summary: 'How long it took from finding to a wall',
      },
      query: Range,
      answers: {
        200: z.object({
          rows: z.array(z.object({ day: z.string(), streams: z.int(), median_ms: z.int(), p95_ms: z.int() })),
        }),
      },
      handle: async ({ query }) => {
        const rows = await parts.sql.query(
          `SELECT day::text AS day, streams, median_ms, p95_ms FROM first_wall
           WHERE day BETWEEN coalesce($1::date, '-infinity') AND coalesce($2::date, 'infinity')
           ORDER BY day DESC LIMIT 1000`,
          rangeOf(query),
        );
        const asNumbers = rows.map((row) => ({
          ...{ day: row['day'], streams: row['streams'] },
          ...{ median_ms: Number(row['median_ms']), p95_ms: Number(row['p95_ms']) },
        }));
        return { body: { rows: asNumbers } };
      },
    }),
  ];
}

const rangeOf = ({ from, to }: { from?: string | undefined; to?: string | undefined }): SqlValue[] => [
  from ?? null,
  to ?? null,
];
