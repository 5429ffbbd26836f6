-- As before, in time that grows with the length of the batch and not with its square: what waited for a database that was
-- away is tens of thousands of updates. A batch that is stored whole is answered with the number before it.
CREATE OR REPLACE FUNCTION append_updates(
  p_document text, p_batch text, p_at_ms bigint, p_bytes bytea, p_lengths integer[], p_actors text[], p_carried boolean[],
  p_new_clients bigint[], p_new_client_of integer[]
) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  v_before bigint;
  v_answer jsonb;
  v_stored bigint;
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
  INSERT INTO updates (document, number, bytes, actor, at_ms, carried)
    SELECT p_document, v_before + place, substring(p_bytes FROM (stop - length + 1)::integer FOR length), actor, p_at_ms, carried
    FROM (
      SELECT length, actor, carried, refused,
        sum(length) OVER in_order AS stop, count(*) FILTER (WHERE refused IS NULL) OVER in_order AS place
      FROM unnest(p_lengths, p_actors, p_carried, v_refused) WITH ORDINALITY AS one (length, actor, carried, refused, nth)
      WINDOW in_order AS (ORDER BY nth ROWS UNBOUNDED PRECEDING)
    ) AS placed
    WHERE refused IS NULL;
  GET DIAGNOSTICS v_stored = ROW_COUNT;
  UPDATE documents SET last = v_before + v_stored WHERE name = p_document;
  IF v_stored = cardinality(p_lengths) THEN
    v_answer := to_jsonb(v_before);
  ELSE
    SELECT jsonb_build_object('before', v_before, 'appended', jsonb_agg(what ORDER BY nth)) INTO v_answer FROM (
      SELECT nth, CASE
          WHEN refused IS NOT NULL THEN jsonb_build_object('ownedBy', refused)
          ELSE jsonb_build_object('number', v_before + count(*) FILTER (WHERE refused IS NULL) OVER (ORDER BY nth))
        END AS what
      FROM unnest(v_refused) WITH ORDINALITY AS one (refused, nth)
    ) AS answered;
  END IF;
  INSERT INTO batches (id, at_ms, answer) VALUES (p_batch, p_at_ms, v_answer);
  RETURN v_answer;
END $$;
