-- Takes over what an embedded server has stored in its journal, under the numbers that it gave there. What is here already
-- stays as it is.
--   p_rows, p_numbers … p_claimed: one entry an update, in the order of their numbers within each document; p_rows names its
--     document; p_starts and p_lengths: where in p_bytes, which holds all end to end, it stands
--   p_claim_of, p_claims: which update (from 1) claims which client id
CREATE FUNCTION take_over_updates(
  p_rows text[], p_numbers bigint[], p_at_ms bigint[], p_bytes bytea, p_starts integer[], p_lengths integer[],
  p_actors text[], p_carried boolean[], p_claim_of integer[], p_claims bigint[]
) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO documents (name, last)
    SELECT name, max(number) FROM unnest(p_rows, p_numbers) AS one (name, number) GROUP BY name ORDER BY name
    ON CONFLICT (name) DO UPDATE SET last = greatest(documents.last, excluded.last);
  INSERT INTO updates (document, number, bytes, actor, at_ms, carried)
    SELECT document, number, substring(p_bytes FROM start FOR length), actor, at_ms, carried
    FROM unnest(p_rows, p_numbers, p_starts, p_lengths, p_actors, p_at_ms, p_carried)
      AS one (document, number, start, length, actor, at_ms, carried)
    ON CONFLICT DO NOTHING;
  INSERT INTO client_owners (document, client, actor)
    SELECT p_rows[claim_of], client, p_actors[claim_of] FROM unnest(p_claim_of, p_claims) AS claim (claim_of, client)
    ON CONFLICT DO NOTHING;
END $$;
