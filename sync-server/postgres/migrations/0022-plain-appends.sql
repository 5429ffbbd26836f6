-- Stores a batch of updates that claim nothing, which is nearly every batch. Answers as append_batches does for its only one.
--   p_lengths, p_actors, p_carried: one entry an update; p_bytes: all updates end to end
CREATE FUNCTION append_plain(
  p_document text, p_batch text, p_at_ms bigint, p_bytes bytea, p_lengths integer[], p_actors text[], p_carried boolean[]
) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  v_before bigint := take_numbers(p_document, p_batch, p_at_ms, cardinality(p_lengths));
BEGIN
  IF v_before IS NULL THEN
    RETURN (SELECT answer FROM batches WHERE id = p_batch);
  END IF;
  INSERT INTO updates (document, number, bytes, actor, at_ms, carried)
    SELECT p_document, v_before + nth, substring(p_bytes FROM (stop - length + 1)::integer FOR length), actor, p_at_ms, carried
    FROM (
      SELECT nth, length, actor, carried, sum(length) OVER (ORDER BY nth ROWS UNBOUNDED PRECEDING) AS stop
      FROM unnest(p_lengths, p_actors, p_carried) WITH ORDINALITY AS one (length, actor, carried, nth)
    ) AS placed;
  RETURN to_jsonb(v_before);
END $$;

-- The same for batches of several documents, at most one a document and in the order of their names, in one transaction.
--   p_documents, p_batches, p_at_ms, p_counts: one entry a batch
--   p_of, p_nth, p_starts, p_lengths, p_actors, p_carried: one entry an update: of which batch (from 1) it is, the how manieth,
--     and where in p_bytes, which holds all end to end, it stands
CREATE FUNCTION append_plain_batches(
  p_documents text[], p_batches text[], p_at_ms bigint[], p_counts integer[], p_bytes bytea,
  p_of integer[], p_nth integer[], p_starts integer[], p_lengths integer[], p_actors text[], p_carried boolean[]
) RETURNS jsonb[] LANGUAGE plpgsql AS $$
DECLARE
  v_answers jsonb[] := '{}';
  v_befores bigint[] := '{}';
  v_before bigint;
BEGIN
  FOR i IN 1 .. cardinality(p_documents) LOOP
    v_before := take_numbers(p_documents[i], p_batches[i], p_at_ms[i], p_counts[i]);
    v_befores := v_befores || v_before;
    v_answers := v_answers
      || coalesce(to_jsonb(v_before), (SELECT answer FROM batches WHERE id = p_batches[i]));
  END LOOP;
  INSERT INTO updates (document, number, bytes, actor, at_ms, carried)
    SELECT document, before + nth, substring(p_bytes FROM start FOR length), actor, at_ms, carried
    FROM unnest(p_documents, v_befores, p_at_ms) WITH ORDINALITY AS batch (document, before, at_ms, of)
    JOIN unnest(p_of, p_nth, p_starts, p_lengths, p_actors, p_carried) AS one (of, nth, start, length, actor, carried)
      USING (of)
    WHERE before IS NOT NULL;
  RETURN v_answers;
END $$;
