CREATE TABLE service_keys (
  id text PRIMARY KEY,
  hash bytea NOT NULL,
  role text NOT NULL,
  grants text[] NOT NULL,
  label text NOT NULL,
  created_at_ms bigint NOT NULL,
  revoked_at_ms bigint
);
