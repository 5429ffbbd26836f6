import { z } from 'zod';
import type { RotateOutcome, RotateTimes, Session, SessionStore } from '../accounts/session-store.ts';
import type { Sql } from './sql.ts';
import { Time } from './sql-rows.ts';
import { readUserRow, userColumns } from './sql-user-store.ts';

const COLUMNS = `sessions.id AS session_id, sessions.user_id, sessions.created_at_ms AS opened_at_ms,
  sessions.last_used_at_ms, sessions.expires_at_ms AS session_expires_at_ms, sessions.address, sessions.agent`;

/** Of a session and its person; $1 stands for something else, $2 for now. */
const LIVES = `sessions.ended_at_ms IS NULL AND sessions.expires_at_ms > $2 AND users.disabled_at_ms IS NULL
  AND users.removed_at_ms IS NULL AND (users.expires_at_ms IS NULL OR users.expires_at_ms > $2)`;

const SessionRow = z
  .object({
    session_id: z.string(),
    user_id: z.string(),
    opened_at_ms: Time,
    last_used_at_ms: Time,
    session_expires_at_ms: Time,
    address: z.string(),
    agent: z.string(),
  })
  .transform((row): Session => ({
    id: row.session_id,
    userId: row.user_id,
    createdAtMs: row.opened_at_ms,
    lastUsedAtMs: row.last_used_at_ms,
    expiresAtMs: row.session_expires_at_ms,
    address: row.address,
    agent: row.agent,
  }));
const Rotated = z.object({ rotated: z.boolean(), known: z.boolean() });

/** $1 the session, $2 now, $3 the hash that is used up, $4 the fresh one, $5 when the session ends if nobody comes again, $6 the grace. */
const ROTATE = `WITH alive AS (
   SELECT sessions.id FROM sessions JOIN users ON users.id = sessions.user_id
   WHERE sessions.id = $1 AND ${LIVES}
  ), taken AS (
   UPDATE refresh_tokens SET used_at_ms = coalesce(used_at_ms, $2)
   WHERE session_id = $1 AND hash = $3 AND (used_at_ms IS NULL OR used_at_ms > $2 - $6::bigint)
   AND EXISTS (SELECT 1 FROM alive) RETURNING session_id
  ), given AS (
   INSERT INTO refresh_tokens (hash, session_id, created_at_ms) SELECT $4, session_id, $2 FROM taken RETURNING 1
  ), prolonged AS (
   UPDATE sessions SET last_used_at_ms = $2, expires_at_ms = $5
   WHERE id = $1 AND EXISTS (SELECT 1 FROM taken) RETURNING 1
  )
  SELECT EXISTS (SELECT 1 FROM given) AS rotated,
   EXISTS (SELECT 1 FROM refresh_tokens WHERE session_id = $1 AND hash = $3) AS known`;

/** Sessions in the tables of `migrations/`. */
export function createSqlSessionStore(sql: Sql): SessionStore {
  return {
    end: async (id, nowMs) => end(sql, id, nowMs),
    open: async (session, hash) => {
      await sql.query(
        `WITH opened AS (
           INSERT INTO sessions (id, user_id, created_at_ms, last_used_at_ms, expires_at_ms, address, agent)
           VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id
         )
         INSERT INTO refresh_tokens (hash, session_id, created_at_ms) SELECT $8, id, $3 FROM opened`,
        [
          ...[session.id, session.userId, session.createdAtMs, session.lastUsedAtMs, session.expiresAtMs],
          ...[session.address, session.agent, hash],
        ],
      );
    },
    find: async (ids, nowMs) => {
      const rows = await sql.query(
        `SELECT ${COLUMNS}, ${userColumns} FROM sessions JOIN users ON users.id = sessions.user_id
         WHERE sessions.id = ANY($1) AND ${LIVES}`,
        [ids, nowMs],
        'find-sessions',
      );
      return rows.map((row) => ({ session: SessionRow.parse(row), user: readUserRow(row) }));
    },
    listOf: async (userId, nowMs) => {
      const rows = await sql.query(
        `SELECT ${COLUMNS} FROM sessions JOIN users ON users.id = sessions.user_id
         WHERE sessions.user_id = $1 AND ${LIVES} ORDER BY sessions.last_used_at_ms DESC, sessions.id`,
        [userId, nowMs],
      );
      return rows.map((row) => SessionRow.parse(row));
    },
    rotate: async (id, used, fresh, times) => rotate(sql, id, used, fresh, times),
    touch: async (ids, atMs, expiresAtMs) => {
      await sql.query(
        `UPDATE sessions SET last_used_at_ms = $2, expires_at_ms = $3
         WHERE id = ANY($1) AND ended_at_ms IS NULL AND expires_at_ms > $2`,
        [ids, atMs, expiresAtMs],
      );
    },
    endAllOf: async (userId, exceptId, nowMs) => {
      const rows = await sql.query(
        `UPDATE sessions SET ended_at_ms = $2
         WHERE user_id = $1 AND id <> $3 AND ended_at_ms IS NULL AND expires_at_ms > $2 RETURNING id`,
        [userId, nowMs, exceptId ?? ''],
      );
      return rows.length;
    },
    forget: async (beforeMs) => {
      const rows = await sql.query(
        'DELETE FROM sessions WHERE ended_at_ms < $1 OR expires_at_ms < $1 RETURNING id',
        [beforeMs],
      );
      return rows.length;
    },
  };
}

async function end(sql: Sql, id: string, nowMs: number): Promise<boolean> {
  const rows = await sql.query(
    `UPDATE sessions SET ended_at_ms = $2 WHERE id = $1 AND ended_at_ms IS NULL AND expires_at_ms > $2 RETURNING id`,
    [id, nowMs],
  );
  return rows.length > 0;
}

async function rotate(
  sql: Sql,
  id: string,
  used: Uint8Array,
  fresh: Uint8Array,
  { nowMs, expiresAtMs, graceMs }: RotateTimes,
): Promise<RotateOutcome> {
  const [row] = await sql.query(ROTATE, [id, nowMs, used, fresh, expiresAtMs, graceMs]);
  const { rotated, known } = Rotated.parse(row);
  if (rotated) return 'rotated';
  if (!known) return 'unknown';
  await end(sql, id, nowMs);
  return 'reused';
}
