CREATE TABLE audit (
  number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  since_ms bigint NOT NULL,
  at_ms bigint NOT NULL,
  actor text NOT NULL,
  via text NOT NULL,
  action text NOT NULL,
  target text NOT NULL,
  from_address text,
  before jsonb,
  after jsonb,
  count integer NOT NULL
);
CREATE INDEX audit_by_actor ON audit (actor, number);
CREATE INDEX audit_by_target ON audit (target COLLATE "C", number);
CREATE INDEX audit_by_time ON audit (at_ms);
CREATE INDEX audit_of_sockets ON audit (actor, number) WHERE via = 'socket';
CREATE INDEX audit_by_action ON audit (action, at_ms);

CREATE FUNCTION refuse_to_change_the_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit is only added to' USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER audit_is_only_added_to BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_the_audit();

-- What bots do again and again, while it is being counted.
CREATE TABLE audit_tallies (
  actor text NOT NULL,
  via text NOT NULL,
  action text NOT NULL,
  target text NOT NULL,
  window_ms bigint NOT NULL,
  since_ms bigint NOT NULL,
  at_ms bigint NOT NULL,
  from_address text,
  count integer NOT NULL,
  samples jsonb NOT NULL,
  PRIMARY KEY (window_ms, actor, via, action, target)
);

CREATE TABLE audit_progress (
  document text PRIMARY KEY,
  number bigint NOT NULL
);
