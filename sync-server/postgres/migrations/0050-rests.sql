-- What time alone did to streams: archived as they were over, and brought back. The document knows nothing of it, so it has
-- numbers of its own: those of what shows beside the document.
CREATE TABLE stream_rests (
  number bigint NOT NULL,
  key text NOT NULL,
  what text NOT NULL,
  at_ms bigint NOT NULL,
  PRIMARY KEY (number, key)
);
CREATE INDEX stream_rests_at ON stream_rests (at_ms);
