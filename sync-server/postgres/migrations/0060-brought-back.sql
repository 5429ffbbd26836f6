-- What was brought back of a document's past, so that it can be undone later, by whoever may: between which of its numbers,
-- of which moment, which records (null: all that were lost), and what came of it. `after` grows while it goes on.
CREATE TABLE brought_back (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  document text NOT NULL,
  moment bigint NOT NULL,
  before bigint NOT NULL,
  after bigint NOT NULL,
  actor text NOT NULL,
  at_ms bigint NOT NULL,
  records jsonb,
  done integer NOT NULL DEFAULT 0,
  refused integer NOT NULL DEFAULT 0,
  undone_at_ms bigint,
  undone_by text,
  undone integer
);
CREATE INDEX brought_back_of ON brought_back (document, id);
