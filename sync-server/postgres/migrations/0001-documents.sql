CREATE TABLE store (id text PRIMARY KEY);
INSERT INTO store (id) VALUES (replace(gen_random_uuid()::text, '-', ''));

CREATE TABLE documents (
  name text PRIMARY KEY,
  last bigint NOT NULL DEFAULT 0
);

CREATE TABLE updates (
  document text NOT NULL REFERENCES documents (name),
  number bigint NOT NULL,
  bytes bytea NOT NULL,
  actor text NOT NULL,
  at_ms bigint NOT NULL,
  carried boolean NOT NULL,
  PRIMARY KEY (document, number)
);

-- A Yjs client id belongs to the first actor who used it in a document.
CREATE TABLE client_owners (
  document text NOT NULL REFERENCES documents (name),
  client bigint NOT NULL,
  actor text NOT NULL,
  PRIMARY KEY (document, client)
);

CREATE TABLE snapshots (
  document text PRIMARY KEY REFERENCES documents (name),
  up_to bigint NOT NULL,
  bytes bytea NOT NULL
);

-- Answers that were given, so that a batch whose answer was lost is not stored twice.
CREATE TABLE batches (
  id text PRIMARY KEY,
  at_ms bigint NOT NULL,
  answer jsonb NOT NULL
);

-- Stores a batch and numbers it. The row lock on the document makes numbers gapless and in the order of the commits.
--   p_lengths, p_actors, p_carried: one entry an update; p_bytes: all updates end to end
--   p_new_clients, p_new_client_of: client ids to claim, and which update of the batch (from 1) brings each
CREATE FUNCTION append_updates(
  p_document text, p_batch text, p_at_ms bigint, p_bytes bytea, p_lengths integer[], p_actors text[], p_carried boolean[],
  p_new_clients bigint[], p_new_client_of integer[]
) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  v_before bigint;
  v_next bigint;
  v_offset integer := 1;
  v_answer jsonb;
  v_appended jsonb := '[]';
  v_refused text[] := array_fill(NULL::text, ARRAY[cardinality(p_lengths)]);
  v_owner text;
BEGIN
  UPDATE documents SET last = last WHERE name = p_document RETURNING last INTO v_before;
  IF NOT FOUND THEN
    INSERT INTO documents (name) VALUES (p_document) ON CONFLICT DO NOTHING;
    UPDATE documents SET last = last WHERE name = p_document RETURNING last INTO v_before;
  END IF;
  SELECT answer INTO v_answer FROM batches WHERE id = p_batch;
  IF FOUND THEN
    RETURN v_answer;
  END IF;
  FOR i IN 1 .. cardinality(p_new_clients) LOOP
    INSERT INTO client_owners (document, client, actor)
      VALUES (p_document, p_new_clients[i], p_actors[p_new_client_of[i]])
      ON CONFLICT (document, client) DO UPDATE SET actor = client_owners.actor
      RETURNING actor INTO v_owner;
    IF v_owner <> p_actors[p_new_client_of[i]] THEN
      v_refused[p_new_client_of[i]] := v_owner;
    END IF;
  END LOOP;
  v_next := v_before;
  FOR i IN 1 .. cardinality(p_lengths) LOOP
    IF v_refused[i] IS NULL THEN
      v_next := v_next + 1;
      INSERT INTO updates (document, number, bytes, actor, at_ms, carried)
        VALUES (p_document, v_next, substring(p_bytes FROM v_offset FOR p_lengths[i]), p_actors[i], p_at_ms, p_carried[i]);
      v_appended := v_appended || jsonb_build_object('number', v_next);
    ELSE
      v_appended := v_appended || jsonb_build_object('ownedBy', v_refused[i]);
    END IF;
    v_offset := v_offset + p_lengths[i];
  END LOOP;
  UPDATE documents SET last = v_next WHERE name = p_document;
  v_answer := jsonb_build_object('before', v_before, 'appended', v_appended);
  INSERT INTO batches (id, at_ms, answer) VALUES (p_batch, p_at_ms, v_answer);
  RETURN v_answer;
END $$;
