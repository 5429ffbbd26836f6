-- Broadcasts with their ends. Nothing is written while a stream simply goes on: one that is live lasts until now.
CREATE VIEW broadcasts AS
  SELECT p.key, p.started_at_ms,
         coalesce(p.ended_at_ms, greatest(p.seen_at_ms,
           CASE WHEN s.status = 'live' AND NOT s.is_retired AND s.started_at_ms = p.started_at_ms
             THEN (extract(epoch FROM clock_timestamp()) * 1000)::bigint END)) AS until_ms
  FROM stream_spans p LEFT JOIN catalogue_streams s ON s.key = p.key;

DROP MATERIALIZED VIEW live_time;

-- Seconds that streams were live, by the day (UTC), place and platform. A broadcast counts for a week at most: somebody's
-- clock may be wrong.
CREATE MATERIALIZED VIEW live_time AS
  SELECT d.day::date AS day, s.platform, coalesce(s.country, '') AS country, coalesce(s.region, '') AS region,
         coalesce(s.city, '') AS city, count(DISTINCT s.key)::integer AS streams,
         sum(extract(epoch FROM least(p.until, d.day + interval '1 day') - greatest(p.since, d.day)))::bigint AS seconds
  FROM (
    SELECT key, until, greatest(since, until - interval '7 days') AS since FROM (
      SELECT key, to_timestamp(started_at_ms / 1000.0) AT TIME ZONE 'UTC' AS since,
             to_timestamp(least(until_ms, 4102444800000) / 1000.0) AT TIME ZONE 'UTC' AS until
      FROM broadcasts WHERE started_at_ms BETWEEN 946684800000 AND 4102444800000
    ) t WHERE until > since
  ) p
  JOIN catalogue_streams s ON s.key = p.key
  CROSS JOIN LATERAL generate_series(date_trunc('day', p.since), p.until, interval '1 day') AS d (day)
  GROUP BY 1, 2, 3, 4, 5;
CREATE UNIQUE INDEX live_time_row ON live_time (day, platform, country, region, city);
