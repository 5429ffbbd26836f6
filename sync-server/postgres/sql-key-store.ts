import { z } from 'zod';
import { Role } from '#shared/model/role.ts';
import { Grant } from '../accounts/access.ts';
import type { KeyStore } from '../accounts/key-store.ts';
import type { Sql } from './sql.ts';

const KeyRow = z
  .object({
    id: z.string(),
    hash: z.instanceof(Uint8Array).transform((bytes) => new Uint8Array(bytes)),
    role: Role,
    grants: z.array(Grant),
    label: z.string(),
    created_at_ms: z.coerce.number(),
  })
  .transform(({ created_at_ms: createdAtMs, ...key }) => ({ ...key, createdAtMs }));

/** Keys in the table of `migrations/`. */
export function createSqlKeyStore(sql: Sql): KeyStore {
  return {
    add: async ({ id, hash, role, grants, label, createdAtMs }) => {
      await sql.query(
        'INSERT INTO service_keys (id, hash, role, grants, label, created_at_ms) VALUES ($1, $2, $3, $4, $5, $6)',
        [id, hash, role, grants, label, createdAtMs],
      );
    },
    find: async (ids) => {
      const rows = await sql.query(
        'SELECT id, hash, role, grants, label, created_at_ms FROM service_keys WHERE id = ANY($1) AND revoked_at_ms IS NULL',
        [ids],
      );
      return rows.map((row) => KeyRow.parse(row));
    },
    revoke: async (id, atMs) => {
      const rows = await sql.query(
        'UPDATE service_keys SET revoked_at_ms = $2 WHERE id = $1 AND revoked_at_ms IS NULL RETURNING id',
        [id, atMs],
      );
      return rows.length > 0;
    },
  };
}
