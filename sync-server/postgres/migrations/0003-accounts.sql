ALTER TABLE service_keys
  ADD COLUMN documents text[],
  ADD COLUMN roots text[],
  ADD COLUMN requests_per_minute integer,
  ADD COLUMN expires_at_ms bigint,
  ADD COLUMN last_used_at_ms bigint;

CREATE TABLE users (
  id text PRIMARY KEY,
  number integer GENERATED ALWAYS AS IDENTITY UNIQUE,
  -- Lower case. Guests and people who were removed have none.
  email text UNIQUE,
  name text NOT NULL,
  role text NOT NULL,
  password_hash text,
  totp_secret text,
  totp_step bigint NOT NULL DEFAULT 0,
  created_at_ms bigint NOT NULL,
  updated_at_ms bigint NOT NULL,
  disabled_at_ms bigint,
  expires_at_ms bigint,
  -- The row stays: the history names people by their id.
  removed_at_ms bigint
);

CREATE TABLE sessions (
  id text PRIMARY KEY,
  user_id text NOT NULL REFERENCES users (id),
  created_at_ms bigint NOT NULL,
  last_used_at_ms bigint NOT NULL,
  expires_at_ms bigint NOT NULL,
  ended_at_ms bigint,
  address text NOT NULL,
  agent text NOT NULL
);
CREATE INDEX sessions_of_user ON sessions (user_id);

-- Used ones stay as long as their session, so that a copy that is used later is known as such.
CREATE TABLE refresh_tokens (
  hash bytea PRIMARY KEY,
  session_id text NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
  created_at_ms bigint NOT NULL,
  used_at_ms bigint
);
CREATE INDEX refresh_tokens_of_session ON refresh_tokens (session_id);

CREATE TABLE invites (
  id text PRIMARY KEY,
  hash bytea NOT NULL,
  role text NOT NULL,
  email text,
  guest_for_ms bigint,
  created_by text NOT NULL,
  created_at_ms bigint NOT NULL,
  expires_at_ms bigint NOT NULL,
  used_at_ms bigint,
  revoked_at_ms bigint
);

CREATE TABLE socket_tickets (
  hash bytea PRIMARY KEY,
  handle text NOT NULL,
  expires_at_ms bigint NOT NULL
);

CREATE TABLE secrets (
  name text PRIMARY KEY,
  bytes bytea NOT NULL
);
