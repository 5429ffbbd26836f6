import { z } from 'zod';
import { Role } from '#shared/model/role.ts';
import { Grant } from '../accounts/access.ts';
import type { KeyStore } from '../accounts/key-store.ts';
import type { Sql } from './sql.ts';
import { Bytes, orUndefined, Time } from './sql-rows.ts';

const COLUMNS =
  'id, hash, role, grants, label, documents, roots, requests_per_minute, created_at_ms, expires_at_ms, last_used_at_ms';

const KeyRow = z
  .object({
    id: z.string(),
    hash: Bytes,
    role: Role,
    grants: z.array(Grant),
    label: z.string(),
    documents: orUndefined(z.array(z.string())),
    roots: orUndefined(z.array(z.string())),
    requests_per_minute: orUndefined(z.number()),
    created_at_ms: Time,
    expires_at_ms: orUndefined(Time),
    last_used_at_ms: orUndefined(Time),
  })
  .transform(({ id, hash, role, grants, label, documents, roots, ...row }) => ({
    ...{ id, hash, role, grants, label },
    scope: { documents, roots },
    requestsPerMinute: row.requests_per_minute,
    createdAtMs: row.created_at_ms,
    expiresAtMs: row.expires_at_ms,
    lastUsedAtMs: row.last_used_at_ms,
  }));

/** Keys in the table of `migrations/`. */
export function createSqlKeyStore(sql: Sql): KeyStore {
  return {
    add: async (key) => {
      await sql.query(
        `INSERT INTO service_keys (${COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
        [
          ...[key.id, key.hash, key.role, key.grants, key.label],
          ...[key.scope.documents ?? null, key.scope.roots ?? null, key.requestsPerMinute ?? null],
          ...[key.createdAtMs, key.expiresAtMs ?? null, key.lastUsedAtMs ?? null],
        ],
      );
    },
    find: async (ids) => {
      const rows = await sql.query(
        `SELECT ${COLUMNS} FROM service_keys WHERE id = ANY($1) AND revoked_at_ms IS NULL`,
        [ids],
        'find-keys',
      );
      return rows.map((row) => KeyRow.parse(row));
    },
    list: async () => {
      const rows = await sql.query(
        `SELECT ${COLUMNS} FROM service_keys WHERE revoked_at_ms IS NULL ORDER BY created_at_ms, id`,
      );
      return rows.map((row) => KeyRow.parse(row));
    },
    labels: async () => {
      const rows = await sql.query('SELECT id, label FROM service_keys');
      return new Map(rows.map((row) => [String(row['id']), String(row['label'])]));
    },
    revoke: async (id, atMs) => {
      const rows = await sql.query(
        'UPDATE service_keys SET revoked_at_ms = $2 WHERE id = $1 AND revoked_at_ms IS NULL RETURNING id',
        [id, atMs],
      );
      return rows.length > 0;
    },
    expire: async (id, atMs) => {
      const rows = await sql.query(
        `UPDATE service_keys SET expires_at_ms = least(expires_at_ms, $2)
         WHERE id = $1 AND revoked_at_ms IS NULL RETURNING id`,
        [id, atMs],
      );
      return rows.length > 0;
    },
    touch: async (ids, atMs) => {
      await sql.query('UPDATE service_keys SET last_used_at_ms = $2 WHERE id = ANY($1)', [ids, atMs]);
    },
  };
}
