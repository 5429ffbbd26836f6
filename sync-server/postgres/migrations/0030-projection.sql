-- The catalogue as tables, for the API, SQL users and dashboards. All but rest_ids, stream_checks and stream_spans can be
-- rebuilt from the document and the archive.

-- Integer ids for StreamSource's clients, given once. Rebuilding never touches them.
CREATE SEQUENCE rest_numbers AS integer;
CREATE TABLE rest_ids (
  kind text NOT NULL,
  key text NOT NULL,
  id integer NOT NULL UNIQUE DEFAULT nextval('rest_numbers'),
  -- When a person removed it, so that a past in the archive does not bring it back.
  removed_at_ms bigint,
  PRIMARY KEY (kind, key)
);

-- Up to which number of the document the tables are.
CREATE TABLE projection (
  document text PRIMARY KEY,
  number bigint NOT NULL,
  at_ms bigint NOT NULL
);

CREATE TABLE catalogue_streams (
  key text PRIMARY KEY,
  id integer NOT NULL UNIQUE,
  number bigint NOT NULL,
  updated_at_ms bigint NOT NULL,
  -- It left the catalogue for the archive.
  is_retired boolean NOT NULL,
  body jsonb NOT NULL,
  link text NOT NULL GENERATED ALWAYS AS (body->>'link') STORED,
  platform text NOT NULL GENERATED ALWAYS AS (body->>'platform') STORED,
  kind text NOT NULL GENERATED ALWAYS AS (body->>'kind') STORED,
  code text GENERATED ALWAYS AS (body->>'code') STORED,
  title text GENERATED ALWAYS AS (body->>'title') STORED,
  source text GENERATED ALWAYS AS (body->>'source') STORED,
  city text GENERATED ALWAYS AS (body->>'city') STORED,
  region text GENERATED ALWAYS AS (body->>'region') STORED,
  country text GENERATED ALWAYS AS (body->>'country') STORED,
  status_detail text NOT NULL GENERATED ALWAYS AS (body->>'status') STORED,
  status text NOT NULL GENERATED ALWAYS AS (
    CASE body->>'status' WHEN 'gone' THEN 'offline' WHEN 'upcoming' THEN 'unknown' ELSE body->>'status' END
  ) STORED,
  orientation text GENERATED ALWAYS AS (body->>'orientation') STORED,
  moderation text GENERATED ALWAYS AS (body->>'moderation') STORED,
  posted_by text GENERATED ALWAYS AS (body->>'postedBy') STORED,
  added_by text GENERATED ALWAYS AS (body->>'addedBy') STORED,
  streamer_key text GENERATED ALWAYS AS (body->>'streamer') STORED,
  location_key text GENERATED ALWAYS AS (body->>'location') STORED,
  is_pinned boolean NOT NULL GENERATED ALWAYS AS (coalesce((body->>'pinned')::boolean, false)) STORED,
  is_archived boolean NOT NULL GENERATED ALWAYS AS (is_retired OR coalesce((body->>'archived')::boolean, false)) STORED,
  added_at_ms bigint NOT NULL GENERATED ALWAYS AS ((body->>'addedAt')::bigint) STORED,
  started_at_ms bigint GENERATED ALWAYS AS ((body->>'startedAt')::bigint) STORED,
  ended_at_ms bigint GENERATED ALWAYS AS ((body->>'endedAt')::bigint) STORED,
  last_live_at_ms bigint GENERATED ALWAYS AS ((body->>'lastLiveAt')::bigint) STORED,
  status_at_ms bigint GENERATED ALWAYS AS ((body->>'statusAt')::bigint) STORED,
  search text NOT NULL GENERATED ALWAYS AS (lower(
    coalesce(body->>'source', '') || ' ' || (body->>'link') || ' ' || coalesce(body->>'title', '') || ' '
    || coalesce(body->>'city', '') || ' ' || coalesce(body->>'region', '') || ' ' || coalesce(body->>'notes', '') || ' '
    || coalesce(body->>'postedBy', '') || ' ' || coalesce(body->>'label', '') || ' ' || coalesce(body->>'code', '')
  )) STORED
);
CREATE INDEX catalogue_streams_usual ON catalogue_streams (is_archived, is_pinned DESC, added_at_ms DESC, id DESC);
CREATE INDEX catalogue_streams_status ON catalogue_streams (status, is_archived, is_pinned DESC, added_at_ms DESC, id DESC);
CREATE INDEX catalogue_streams_platform ON catalogue_streams (platform, is_archived, status);
CREATE INDEX catalogue_streams_place ON catalogue_streams (region, city);
CREATE INDEX catalogue_streams_updated ON catalogue_streams (updated_at_ms, id);
CREATE INDEX catalogue_streams_streamer ON catalogue_streams (streamer_key) WHERE streamer_key IS NOT NULL;
CREATE INDEX catalogue_streams_location ON catalogue_streams (location_key) WHERE location_key IS NOT NULL;
CREATE INDEX catalogue_streams_added_by ON catalogue_streams (added_by);

-- Finding a word inside a text quickly takes an extension, which a Postgres may lack; searching then reads every row.
DO $$ BEGIN
  CREATE EXTENSION IF NOT EXISTS pg_trgm;
  EXECUTE 'CREATE INDEX catalogue_streams_search ON catalogue_streams USING gin (search gin_trgm_ops)';
EXCEPTION WHEN OTHERS THEN NULL;
END $$;

-- Streams that turned out to be one with another, under which they are shown.
CREATE TABLE stream_aliases (
  member text PRIMARY KEY,
  leader text NOT NULL
);
CREATE INDEX stream_aliases_leader ON stream_aliases (leader);

-- Streamers, locations, ignore rules, events and walls.
CREATE TABLE catalogue_records (
  kind text NOT NULL,
  key text NOT NULL,
  id integer NOT NULL UNIQUE,
  number bigint NOT NULL,
  updated_at_ms bigint NOT NULL,
  body jsonb NOT NULL,
  added_at_ms bigint NOT NULL GENERATED ALWAYS AS ((body->>'addedAt')::bigint) STORED,
  search text NOT NULL GENERATED ALWAYS AS (lower(
    coalesce(body->>'name', '') || ' ' || coalesce(body->>'city', '') || ' ' || coalesce(body->>'region', '') || ' '
    || coalesce(body->>'country', '') || ' ' || coalesce(body->>'value', '') || ' ' || coalesce(body->>'title', '') || ' '
    || coalesce(body->>'description', '')
  )) STORED,
  PRIMARY KEY (kind, key)
);

-- What changed, for programs that follow: number is that of the document's last update in it.
CREATE TABLE catalogue_changes (
  number bigint NOT NULL,
  kind text NOT NULL,
  key text NOT NULL,
  id integer NOT NULL,
  what text NOT NULL,
  at_ms bigint NOT NULL,
  PRIMARY KEY (number, kind, key)
);
CREATE INDEX catalogue_changes_at ON catalogue_changes (at_ms);

-- When a stream was last looked at. That only ticks, and stays out of the document.
CREATE TABLE stream_checks (
  key text PRIMARY KEY,
  at_ms bigint NOT NULL
);

-- Each broadcast that was seen, for statistics.
CREATE TABLE stream_spans (
  key text NOT NULL,
  started_at_ms bigint NOT NULL,
  ended_at_ms bigint,
  seen_at_ms bigint NOT NULL,
  PRIMARY KEY (key, started_at_ms)
);

-- The records of a list, with their integer ids.
CREATE FUNCTION numbered_records(p_records jsonb)
RETURNS TABLE (kind text, key text, id integer, body jsonb, at bigint, members jsonb, what text) LANGUAGE sql STABLE AS $$
  SELECT r.kind, r.key, i.id, r.body, r.at, r.members, r.what
  FROM jsonb_to_recordset(p_records) AS r (kind text, key text, body jsonb, at bigint, members jsonb, what text)
  JOIN rest_ids i ON i.kind = r.kind AND i.key = r.key
$$;

CREATE FUNCTION give_rest_ids(p_records jsonb) RETURNS void LANGUAGE sql AS $$
  INSERT INTO rest_ids (kind, key)
    SELECT r.kind, r.key FROM jsonb_to_recordset(p_records) AS r (kind text, key text)
    WHERE NOT EXISTS (SELECT FROM rest_ids i WHERE i.kind = r.kind AND i.key = r.key)
    ON CONFLICT DO NOTHING;
$$;

-- Writes what became of records between two numbers of the catalogue, unless another instance has already.
--   p_rows: [{kind, key, body, at, members?}]; p_gone: [{kind, key, what: 'removed' or 'left' for the archive}]
--   p_whole: p_rows is everything that there is
-- Returns the number that the tables are at; below p_from they lack more than this brings.
CREATE FUNCTION project_catalogue(
  p_from bigint, p_to bigint, p_at_ms bigint, p_whole boolean, p_rows jsonb, p_gone jsonb
) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  v_number bigint;
  v_at bigint;
  v_gone jsonb := p_gone;
BEGIN
  INSERT INTO projection (document, number, at_ms) VALUES ('catalogue', -1, 0) ON CONFLICT DO NOTHING;
  SELECT number, at_ms INTO v_number, v_at FROM projection WHERE document = 'catalogue' FOR UPDATE;
  IF v_number > p_to OR (NOT p_whole AND (v_number = p_to OR v_number < p_from)) THEN
    RETURN v_number;
  END IF;
  v_at := greatest(v_at, p_at_ms);
  PERFORM give_rest_ids(p_rows);
  IF p_whole THEN
    SELECT v_gone || coalesce(jsonb_agg(jsonb_build_object('kind', t.kind, 'key', t.key, 'what', 'removed')), '[]') INTO v_gone
    FROM (
      SELECT 'streams' AS kind, key FROM catalogue_streams WHERE NOT is_retired
      UNION ALL SELECT kind, key FROM catalogue_records
      EXCEPT SELECT kind, key FROM jsonb_to_recordset(p_rows || p_gone) AS r (kind text, key text)
    ) t;
    DELETE FROM stream_aliases;
  END IF;
  PERFORM project_given(p_rows, p_to, CASE WHEN v_number < 0 THEN NULL ELSE v_at END, v_at);
  PERFORM project_gone(v_gone, p_to, v_at);
  UPDATE projection SET number = p_to, at_ms = v_at WHERE document = 'catalogue';
  RETURN p_to;
END $$;

-- p_updated_at: when they changed; null the first time, when their own word is all there is
CREATE FUNCTION project_given(p_rows jsonb, p_to bigint, p_updated_at bigint, p_at bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  WITH written AS (
    INSERT INTO catalogue_streams (key, id, number, updated_at_ms, is_retired, body)
      SELECT key, id, p_to, coalesce(p_updated_at, least(at, p_at)), false, body
      FROM numbered_records(p_rows) WHERE kind = 'streams'
      ON CONFLICT (key) DO UPDATE
        SET number = excluded.number, updated_at_ms = p_at, is_retired = false, body = excluded.body
        WHERE catalogue_streams.is_retired OR catalogue_streams.body <> excluded.body
      RETURNING key, id, (xmax = 0) AS is_new
  )
  INSERT INTO catalogue_changes (number, kind, key, id, what, at_ms)
    SELECT p_to, 'streams', key, id, CASE WHEN is_new THEN 'created' ELSE 'updated' END, p_at FROM written
    ON CONFLICT DO NOTHING;
  WITH written AS (
    INSERT INTO catalogue_records (kind, key, id, number, updated_at_ms, body)
      SELECT kind, key, id, p_to, coalesce(p_updated_at, least(at, p_at)), body
      FROM numbered_records(p_rows) WHERE kind <> 'streams'
      ON CONFLICT (kind, key) DO UPDATE SET number = excluded.number, updated_at_ms = p_at, body = excluded.body
        WHERE catalogue_records.body <> excluded.body
      RETURNING kind, key, id, (xmax = 0) AS is_new
  )
  INSERT INTO catalogue_changes (number, kind, key, id, what, at_ms)
    SELECT p_to, kind, key, id, CASE WHEN is_new THEN 'created' ELSE 'updated' END, p_at FROM written
    ON CONFLICT DO NOTHING;
  UPDATE rest_ids i SET removed_at_ms = NULL FROM jsonb_to_recordset(p_rows) AS r (kind text, key text)
    WHERE i.kind = r.kind AND i.key = r.key AND i.removed_at_ms IS NOT NULL;

  DELETE FROM stream_aliases a USING jsonb_to_recordset(p_rows) AS r (kind text, key text)
    WHERE r.kind = 'streams' AND (a.leader = r.key OR a.member = r.key);
  INSERT INTO stream_aliases (member, leader)
    SELECT m.member, r.key
    FROM jsonb_to_recordset(p_rows) AS r (kind text, key text, members jsonb), jsonb_array_elements_text(r.members) AS m (member)
    WHERE r.kind = 'streams' AND r.members IS NOT NULL
    ON CONFLICT (member) DO UPDATE SET leader = excluded.leader;
  INSERT INTO stream_spans (key, started_at_ms, ended_at_ms, seen_at_ms)
    SELECT key, (body->>'startedAt')::bigint, (body->>'endedAt')::bigint,
           greatest((body->>'startedAt')::bigint, coalesce((body->>'lastLiveAt')::bigint, 0),
                    CASE WHEN body->>'status' = 'live' THEN p_at ELSE 0 END)
    FROM numbered_records(p_rows) WHERE kind = 'streams' AND body ? 'startedAt'
    ON CONFLICT (key, started_at_ms) DO UPDATE SET ended_at_ms = excluded.ended_at_ms, seen_at_ms = excluded.seen_at_ms;
END $$;

CREATE FUNCTION project_gone(p_gone jsonb, p_to bigint, p_at bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO catalogue_changes (number, kind, key, id, what, at_ms)
    SELECT p_to, o.kind, o.key, o.id, CASE WHEN o.what = 'left' THEN 'archived' ELSE 'deleted' END, p_at
    FROM numbered_records(p_gone) o
    WHERE EXISTS (SELECT FROM catalogue_streams s
                  WHERE o.kind = 'streams' AND s.key = o.key AND (o.what <> 'left' OR NOT s.is_retired))
       OR EXISTS (SELECT FROM catalogue_records r WHERE r.kind = o.kind AND r.key = o.key)
    ON CONFLICT DO NOTHING;
  UPDATE catalogue_streams s SET is_retired = true, number = p_to, updated_at_ms = p_at
    FROM numbered_records(p_gone) o
    WHERE o.kind = 'streams' AND o.key = s.key AND o.what = 'left' AND NOT s.is_retired;
  DELETE FROM catalogue_streams s USING numbered_records(p_gone) o
    WHERE o.kind = 'streams' AND o.key = s.key AND o.what <> 'left';
  DELETE FROM catalogue_records r USING numbered_records(p_gone) o WHERE r.kind = o.kind AND r.key = o.key;
  UPDATE rest_ids i SET removed_at_ms = p_at FROM numbered_records(p_gone) o
    WHERE i.kind = o.kind AND i.key = o.key AND o.what = 'removed';
END $$;

-- Puts what is in the archive beside what is current. p_rows as above, of streams alone.
CREATE FUNCTION project_archive(p_rows jsonb, p_at_ms bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM give_rest_ids(p_rows);
  INSERT INTO catalogue_streams (key, id, number, updated_at_ms, is_retired, body)
    SELECT r.key, r.id, 0, least(r.at, p_at_ms), true, r.body
    FROM numbered_records(p_rows) r JOIN rest_ids i ON i.id = r.id
    WHERE (i.removed_at_ms IS NULL OR i.removed_at_ms < r.at)
      AND NOT EXISTS (SELECT FROM stream_aliases a WHERE a.member = r.key)
    ON CONFLICT (key) DO NOTHING;
END $$;

-- Counts what changes beside the document and shows in answers, so that a kept answer is known to be old.
INSERT INTO projection (document, number, at_ms) VALUES ('beside', 0, 0);
CREATE FUNCTION count_beside() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE projection SET number = number + 1 WHERE document = 'beside';
  RETURN NULL;
END $$;
CREATE TRIGGER stream_checks_beside AFTER INSERT OR UPDATE OR DELETE ON stream_checks
  FOR EACH STATEMENT EXECUTE FUNCTION count_beside();
CREATE TRIGGER users_beside AFTER INSERT OR UPDATE OR DELETE ON users
  FOR EACH STATEMENT EXECUTE FUNCTION count_beside();

-- Answers to requests that came with an Idempotency-Key, so that sending them again does nothing again.
CREATE TABLE rest_repeats (
  actor text NOT NULL,
  key text NOT NULL,
  request_hash text NOT NULL,
  at_ms bigint NOT NULL,
  -- Null while it is being done.
  status integer,
  answer text,
  PRIMARY KEY (actor, key)
);
CREATE INDEX rest_repeats_at ON rest_repeats (at_ms);
