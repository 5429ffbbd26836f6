-- What was retired from the catalogue, whole.
CREATE TABLE archive (
  -- The record's root and id, as root/id.
  id text COLLATE "C" PRIMARY KEY,
  at_ms bigint NOT NULL,
  record text NOT NULL,
  words tsvector NOT NULL,
  -- Births of a record that was added anew and has been given this past.
  given_to text[] NOT NULL DEFAULT '{}'
);
CREATE INDEX archive_words ON archive USING gin (words);
CREATE INDEX archive_newest ON archive (at_ms DESC, id);
