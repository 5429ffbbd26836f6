import { z } from 'zod';
import { Role } from '#shared/model/role.ts';
import type { Invite, InviteStore } from '../accounts/invite-store.ts';
import type { Sql } from './sql.ts';
import { orUndefined, Time } from './sql-rows.ts';

const COLUMNS = 'id, role, email, guest_for_ms, created_by, created_at_ms, expires_at_ms';
const OPEN = 'used_at_ms IS NULL AND revoked_at_ms IS NULL';

const InviteRow = z
  .object({
    id: z.string(),
    role: Role,
    email: orUndefined(z.string()),
    guest_for_ms: orUndefined(Time),
    created_by: z.string(),
    created_at_ms: Time,
    expires_at_ms: Time,
  })
  .transform(({ id, role, email, ...row }): Invite => ({
    ...{ id, role, email },
    guestForMs: row.guest_for_ms,
    createdBy: row.created_by,
    createdAtMs: row.created_at_ms,
    expiresAtMs: row.expires_at_ms,
  }));

/** Invitations in the table of `migrations/`. */
export function createSqlInviteStore(sql: Sql): InviteStore {
  const first = (rows: readonly unknown[]): Invite | undefined =>
    rows[0] === undefined ? undefined : InviteRow.parse(rows[0]);
  return {
    add: async (invite, hash) => {
      await sql.query(`INSERT INTO invites (${COLUMNS}, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`, [
        ...[invite.id, invite.role, invite.email ?? null, invite.guestForMs ?? null, invite.createdBy],
        ...[invite.createdAtMs, invite.expiresAtMs, hash],
      ]);
    },
    look: async (id, hash, nowMs) =>
      first(
        await sql.query(
          `SELECT ${COLUMNS} FROM invites WHERE id = $1 AND hash = $2 AND expires_at_ms > $3 AND ${OPEN}`,
          [id, hash, nowMs],
        ),
      ),
    take: async (id, hash, nowMs) =>
      first(
        await sql.query(
          `UPDATE invites SET used_at_ms = $3
           WHERE id = $1 AND hash = $2 AND expires_at_ms > $3 AND ${OPEN} RETURNING ${COLUMNS}`,
          [id, hash, nowMs],
        ),
      ),
    giveBack: async (id) => {
      await sql.query('UPDATE invites SET used_at_ms = NULL WHERE id = $1', [id]);
    },
    list: async (nowMs) => {
      const rows = await sql.query(
        `SELECT ${COLUMNS} FROM invites WHERE expires_at_ms > $1 AND ${OPEN} ORDER BY created_at_ms, id`,
        [nowMs],
      );
      return rows.map((row) => InviteRow.parse(row));
    },
    revoke: async (id, nowMs) => {
      const rows = await sql.query(
        `UPDATE invites SET revoked_at_ms = $2 WHERE id = $1 AND expires_at_ms > $2 AND ${OPEN} RETURNING id`,
        [id, nowMs],
      );
      return rows.length > 0;
    },
  };
}
