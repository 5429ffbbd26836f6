CREATE TABLE flags (
  key text PRIMARY KEY,
  setting jsonb NOT NULL,
  at_ms bigint NOT NULL,
  by_actor text NOT NULL
);
