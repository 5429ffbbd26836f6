-- Snapshots that are kept: a document as it was long ago is read from one of these and the updates after it.
CREATE TABLE checkpoints (
  document text NOT NULL REFERENCES documents (name),
  up_to bigint NOT NULL,
  bytes bytea NOT NULL,
  PRIMARY KEY (document, up_to)
);

-- Like append_updates, for who must have seen everything before: null, and nothing stored, when another update came first.
CREATE FUNCTION append_updates_after(
  p_last bigint,
  p_document text, p_batch text, p_at_ms bigint, p_bytes bytea, p_lengths integer[], p_actors text[], p_carried boolean[],
  p_new_clients bigint[], p_new_client_of integer[]
) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  v_last bigint;
BEGIN
  SELECT last INTO v_last FROM documents WHERE name = p_document FOR UPDATE;
  IF coalesce(v_last, 0) <> p_last AND NOT EXISTS (SELECT FROM batches WHERE id = p_batch) THEN
    RETURN NULL;
  END IF;
  RETURN append_updates(
    p_document, p_batch, p_at_ms, p_bytes, p_lengths, p_actors, p_carried, p_new_clients, p_new_client_of
  );
END $$;

-- Forgets updates that are older than p_before_ms, some thousand at a time, up to the last checkpoint that is as old: what
-- came after can still be told from there.
CREATE FUNCTION forget_updates(p_document text, p_before_ms bigint, p_most bigint) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  v_cut bigint;
  v_count bigint;
BEGIN
  SELECT max(up_to) INTO v_cut FROM checkpoints JOIN updates USING (document)
    WHERE document = p_document AND number = up_to AND at_ms < p_before_ms;
  IF v_cut IS NULL THEN
    RETURN 0;
  END IF;
  DELETE FROM checkpoints WHERE document = p_document AND up_to < v_cut;
  DELETE FROM updates WHERE document = p_document AND number <= v_cut
    AND number < (SELECT min(number) FROM updates WHERE document = p_document) + p_most;
  GET DIAGNOSTICS v_count = ROW_COUNT;
  RETURN v_count;
END $$;
