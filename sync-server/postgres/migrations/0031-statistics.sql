-- When a stream was first seen on a wall.
CREATE TABLE stream_walls (
  key text PRIMARY KEY,
  first_at_ms bigint NOT NULL
);

-- Seconds that streams were live, by the day (UTC), place and platform. A broadcast counts for a week at most: somebody's
-- clock may be wrong.
CREATE MATERIALIZED VIEW live_time AS
  SELECT d.day::date AS day, s.platform, coalesce(s.country, '') AS country, coalesce(s.region, '') AS region,
         coalesce(s.city, '') AS city, count(DISTINCT s.key)::integer AS streams,
         sum(extract(epoch FROM least(p.until, d.day + interval '1 day') - greatest(p.since, d.day)))::bigint AS seconds
  FROM (
    SELECT key, until, greatest(since, until - interval '7 days') AS since FROM (
      SELECT key, to_timestamp(started_at_ms / 1000.0) AT TIME ZONE 'UTC' AS since,
             to_timestamp(least(coalesce(ended_at_ms, seen_at_ms), 4102444800000) / 1000.0) AT TIME ZONE 'UTC' AS until
      FROM stream_spans WHERE started_at_ms BETWEEN 946684800000 AND 4102444800000
    ) t WHERE until > since
  ) p
  JOIN catalogue_streams s ON s.key = p.key
  CROSS JOIN LATERAL generate_series(date_trunc('day', p.since), p.until, interval '1 day') AS d (day)
  GROUP BY 1, 2, 3, 4, 5;
CREATE UNIQUE INDEX live_time_row ON live_time (day, platform, country, region, city);

-- Streams that were found, by day, source and platform.
CREATE MATERIALIZED VIEW discovery AS
  SELECT (to_timestamp(added_at_ms / 1000.0) AT TIME ZONE 'UTC')::date AS day, coalesce(source, '') AS source, platform,
         count(*)::integer AS streams, count(*) FILTER (WHERE w.key IS NOT NULL)::integer AS reached_a_wall
  FROM catalogue_streams s LEFT JOIN stream_walls w USING (key)
  WHERE added_at_ms BETWEEN 946684800000 AND 4102444800000
  GROUP BY 1, 2, 3;
CREATE UNIQUE INDEX discovery_row ON discovery (day, source, platform);

-- From being found to being on a wall, by the day of finding.
CREATE MATERIALIZED VIEW first_wall AS
  SELECT (to_timestamp(s.added_at_ms / 1000.0) AT TIME ZONE 'UTC')::date AS day, count(*)::integer AS streams,
         percentile_cont(0.5) WITHIN GROUP (ORDER BY greatest(0, w.first_at_ms - s.added_at_ms))::bigint AS median_ms,
         percentile_cont(0.95) WITHIN GROUP (ORDER BY greatest(0, w.first_at_ms - s.added_at_ms))::bigint AS p95_ms
  FROM catalogue_streams s JOIN stream_walls w USING (key)
  WHERE s.added_at_ms BETWEEN 946684800000 AND 4102444800000
  GROUP BY 1;
CREATE UNIQUE INDEX first_wall_row ON first_wall (day);

-- Where to tell of changes, and how far that has come.
CREATE TABLE webhooks (
  id text PRIMARY KEY,
  url text NOT NULL,
  secret text NOT NULL,
  kinds text[] NOT NULL,
  created_by text NOT NULL,
  created_at_ms bigint NOT NULL,
  -- Changes up to this number were taken there.
  told bigint NOT NULL,
  tries integer NOT NULL DEFAULT 0,
  next_at_ms bigint NOT NULL DEFAULT 0,
  failing_since_ms bigint,
  last_status text,
  last_at_ms bigint,
  disabled_at_ms bigint
);
