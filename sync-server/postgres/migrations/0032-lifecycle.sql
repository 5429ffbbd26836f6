-- A stream that has been over for a while rests: programs see it as archived until it is live again. That follows from its
-- status and the time alone, so it stays out of the document, and checkers go on looking at it.
ALTER TABLE catalogue_streams
  DROP COLUMN is_archived,
  ADD COLUMN rested_at_ms bigint,
  -- Somebody brought it back: it is left alone for as long as if it had been live then.
  ADD COLUMN kept_at_ms bigint;
ALTER TABLE catalogue_streams ADD COLUMN is_archived boolean NOT NULL GENERATED ALWAYS AS (
  is_retired OR coalesce((body->>'archived')::boolean, false)
  OR (rested_at_ms IS NOT NULL AND body->>'status' IN ('offline', 'gone')
      AND rested_at_ms > coalesce((body->>'lastLiveAt')::bigint, 0))
) STORED;
CREATE INDEX catalogue_streams_usual ON catalogue_streams (is_archived, is_pinned DESC, added_at_ms DESC, id DESC);
CREATE INDEX catalogue_streams_status ON catalogue_streams (status, is_archived, is_pinned DESC, added_at_ms DESC, id DESC);
CREATE INDEX catalogue_streams_platform ON catalogue_streams (platform, is_archived, status);

-- Lists are chosen from these alone, in the usual order; only what is chosen is read whole.
DROP INDEX catalogue_streams_usual, catalogue_streams_status, catalogue_streams_platform;
CREATE INDEX catalogue_streams_usual ON catalogue_streams (is_pinned DESC, added_at_ms DESC, id DESC)
  INCLUDE (key, is_archived, status, platform, kind);
CREATE INDEX catalogue_streams_status ON catalogue_streams (status, is_pinned DESC, added_at_ms DESC, id DESC)
  INCLUDE (key, is_archived, platform, kind);
CREATE INDEX catalogue_streams_platform ON catalogue_streams (platform, is_pinned DESC, added_at_ms DESC, id DESC)
  INCLUDE (key, is_archived, status, kind);
CREATE INDEX catalogue_streams_current ON catalogue_streams (is_pinned DESC, added_at_ms DESC, id DESC)
  INCLUDE (key, status, platform, kind) WHERE NOT is_archived;
