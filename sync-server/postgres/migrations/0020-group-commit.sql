-- An update is written right after its document's row, so that it needs no look of its own at whether there is one.
ALTER TABLE updates DROP CONSTRAINT updates_document_fkey;

-- Gives the next p_count numbers of a document to a batch that was not stored before; the row lock on the document makes
-- numbers gapless and in the order of the commits. Answers with the number before them; null for a batch that was stored.
CREATE FUNCTION take_numbers(p_document text, p_batch text, p_at_ms bigint, p_count integer)
RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  v_last bigint;
BEGIN
  UPDATE documents SET last = last + p_count WHERE name = p_document RETURNING last INTO v_last;
  IF NOT FOUND THEN
    INSERT INTO documents (name, last) VALUES (p_document, p_count)
      ON CONFLICT (name) DO UPDATE SET last = documents.last + excluded.last
      RETURNING last INTO v_last;
  END IF;
  INSERT INTO batches (id, at_ms, answer) VALUES (p_batch, p_at_ms, to_jsonb(v_last - p_count)) ON CONFLICT DO NOTHING;
  IF NOT FOUND THEN
    UPDATE documents SET last = last - p_count WHERE name = p_document;
    RETURN NULL;
  END IF;
  RETURN v_last - p_count;
END $$;

-- Stores a batch of one update that claims nothing. Answers as append_batches does for its only batch.
CREATE FUNCTION append_update(
  p_document text, p_batch text, p_at_ms bigint, p_bytes bytea, p_actor text, p_carried boolean
) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  v_before bigint := take_numbers(p_document, p_batch, p_at_ms, 1);
BEGIN
  IF v_before IS NULL THEN
    RETURN (SELECT answer FROM batches WHERE id = p_batch);
  END IF;
  INSERT INTO updates (document, number, bytes, actor, at_ms, carried)
    VALUES (p_document, v_before + 1, p_bytes, p_actor, p_at_ms, p_carried);
  RETURN to_jsonb(v_before);
END $$;

-- Stores batches of several documents, at most one a document and in the order of their names, in one transaction.
--   p_documents, p_batches, p_at_ms, p_counts: one entry a batch; p_counts is how many updates it has
--   p_starts, p_lengths, p_actors, p_carried: one entry an update; where in p_bytes, which holds all end to end, it stands
--   p_new_clients, p_new_client_of: client ids to claim, and which of all updates (from 1) brings each
-- Answers for each batch with the number before it when it is stored whole, and as append_updates does when it is not.
CREATE FUNCTION append_batches(
  p_documents text[], p_batches text[], p_at_ms bigint[], p_counts integer[],
  p_bytes bytea, p_starts integer[], p_lengths integer[], p_actors text[], p_carried boolean[],
  p_new_clients bigint[], p_new_client_of integer[]
) RETURNS jsonb[] LANGUAGE plpgsql AS $$
DECLARE
  v_answers jsonb[] := '{}';
  v_before bigint;
  v_first integer := 1;
  v_last integer;
BEGIN
  FOR i IN 1 .. cardinality(p_documents) LOOP
    v_last := v_first + p_counts[i] - 1;
    IF EXISTS (SELECT FROM unnest(p_new_client_of) AS which WHERE which BETWEEN v_first AND v_last) THEN
      v_before := NULL;
    ELSE
      v_before := take_numbers(p_documents[i], p_batches[i], p_at_ms[i], p_counts[i]);
    END IF;
    IF v_before IS NULL THEN
      v_answers := v_answers || append_updates(
        p_documents[i], p_batches[i], p_at_ms[i],
        substring(p_bytes FROM p_starts[v_first] FOR p_starts[v_last] + p_lengths[v_last] - p_starts[v_first]),
        p_lengths[v_first:v_last], p_actors[v_first:v_last], p_carried[v_first:v_last],
        ARRAY(SELECT client FROM unnest(p_new_clients, p_new_client_of) WITH ORDINALITY AS claim (client, which, place)
          WHERE which BETWEEN v_first AND v_last ORDER BY place),
        ARRAY(SELECT which - v_first + 1 FROM unnest(p_new_clients, p_new_client_of) WITH ORDINALITY AS claim (client, which, place)
          WHERE which BETWEEN v_first AND v_last ORDER BY place)
      );
    ELSE
      IF v_first = v_last THEN
        INSERT INTO updates (document, number, bytes, actor, at_ms, carried) VALUES (
          p_documents[i], v_before + 1, substring(p_bytes FROM p_starts[v_first] FOR p_lengths[v_first]),
          p_actors[v_first], p_at_ms[i], p_carried[v_first]
        );
      ELSE
        INSERT INTO updates (document, number, bytes, actor, at_ms, carried)
          SELECT p_documents[i], v_before + nth, substring(p_bytes FROM start FOR length), actor, p_at_ms[i], carried
          FROM unnest(p_starts[v_first:v_last], p_lengths[v_first:v_last], p_actors[v_first:v_last], p_carried[v_first:v_last])
            WITH ORDINALITY AS one (start, length, actor, carried, nth);
      END IF;
      v_answers := v_answers || to_jsonb(v_before);
    END IF;
    v_first := v_last + 1;
  END LOOP;
  RETURN v_answers;
END $$;
