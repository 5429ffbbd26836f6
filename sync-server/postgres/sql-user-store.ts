import { z } from 'zod';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { Role } from '#shared/model/role.ts';
import type { ChangeRefusal, UserChanges, UserName, UserStore } from '../accounts/user-store.ts';
import type { StoredUser } from '../accounts/user.ts';
import type { Sql, SqlValue } from './sql.ts';
import { orUndefined, Time } from './sql-rows.ts';

const COLUMNS = `users.id, users.number, users.email, users.name, users.role, users.password_hash, users.totp_secret,
  users.created_at_ms, users.updated_at_ms, users.disabled_at_ms, users.expires_at_ms`;

const UserRow = z.object({
  id: z.string(),
  number: z.number().int(),
  email: orUndefined(z.string()),
  name: z.string(),
  role: Role,
  password_hash: orUndefined(z.string()),
  totp_secret: orUndefined(z.string()),
  created_at_ms: Time,
  updated_at_ms: Time,
  disabled_at_ms: orUndefined(Time),
  expires_at_ms: orUndefined(Time),
});

/** The columns that hold a person, and what they hold. */
export const userColumns = COLUMNS;
export function readUserRow(row: unknown): StoredUser {
  const { id, number, email, name, role, ...rest } = UserRow.parse(row);
  return {
    ...{ id, number, email, name, role },
    passwordHash: rest.password_hash,
    totpSecret: rest.totp_secret,
    createdAtMs: rest.created_at_ms,
    updatedAtMs: rest.updated_at_ms,
    disabledAtMs: rest.disabled_at_ms,
    expiresAtMs: rest.expires_at_ms,
  };
}

/** People in the table of `migrations/`. */
export function createSqlUserStore(sql: Sql): UserStore {
  return {
    add: async (user) => {
      const { id, email, name, role, passwordHash, createdAtMs, expiresAtMs } = user;
      const rows = await sql.query(
        `INSERT INTO users (id, email, name, role, password_hash, created_at_ms, updated_at_ms, expires_at_ms)
         VALUES ($1, $2, $3, $4, $5, $6, $6, $7) ON CONFLICT (email) DO NOTHING RETURNING ${COLUMNS}`,
        [id, email ?? null, name, role, passwordHash ?? null, createdAtMs, expiresAtMs ?? null],
      );
      return rows[0] === undefined ? fail('email-taken') : ok(readUserRow(rows[0]));
    },
    find: async (by) => {
      const { column, value } = columnOf(by);
      const [row] = await sql.query(
        `SELECT ${COLUMNS} FROM users WHERE ${column} = $1 AND removed_at_ms IS NULL`,
        [value],
      );
      return row === undefined ? undefined : readUserRow(row);
    },
    list: async () => {
      const rows = await sql.query(
        `SELECT ${COLUMNS} FROM users WHERE removed_at_ms IS NULL ORDER BY number`,
      );
      return rows.map(readUserRow);
    },
    names: async () => {
      const rows = await sql.query('SELECT id, name FROM users');
      return new Map(rows.map((row) => [String(row['id']), String(row['name'])]));
    },
    change: async (id, changes, nowMs) => {
      const sets = setsOf(changes, nowMs);
      const takesAdmin =
        (changes.role !== undefined && changes.role !== 'admin') || typeof changes.disabledAtMs === 'number';
      return change(sql, id, sets, takesAdmin);
    },
    remove: async (id, nowMs) =>
      change(
        sql,
        id,
        [
          ...(['email', 'password_hash', 'totp_secret'] as const).map((column) => ({ column, value: null })),
          ...(['removed_at_ms', 'updated_at_ms'] as const).map((column) => ({ column, value: nowMs })),
        ],
        true,
      ),
    useTotpStep: async (id, step) => {
      const rows = await sql.query(
        'UPDATE users SET totp_step = $2 WHERE id = $1 AND totp_step < $2 RETURNING id',
        [id, step],
      );
      return rows.length > 0;
    },
  };
}

type SetColumn = {
  readonly column:
    | 'email'
    | 'name'
    | 'role'
    | 'password_hash'
    | 'totp_secret'
    | 'disabled_at_ms'
    | 'removed_at_ms'
    | 'updated_at_ms';
  readonly value: SqlValue;
};

function setsOf(changes: UserChanges, nowMs: number): readonly SetColumn[] {
  const all: readonly (Omit<SetColumn, 'value'> & { value: SqlValue | undefined })[] = [
    { column: 'email', value: changes.email },
    { column: 'name', value: changes.name },
    { column: 'role', value: changes.role },
    { column: 'password_hash', value: changes.passwordHash },
    { column: 'totp_secret', value: changes.totpSecret },
    { column: 'disabled_at_ms', value: changes.disabledAtMs },
    { column: 'updated_at_ms', value: nowMs },
  ];
  return all.flatMap(({ column, value }) => (value === undefined ? [] : [{ column, value }]));
}

/**
 * Locks all admins first, so that of two changes that each leave the other's admin, the later one sees the earlier.
 * @param takesAdmin whether somebody who is an admin would not be one afterwards
 */
async function change(
  sql: Sql,
  id: string,
  sets: readonly SetColumn[],
  takesAdmin: boolean,
): Promise<Result<StoredUser, ChangeRefusal>> {
  const list = sets.map(({ column }, index) => `${column} = $${String(index + 3)}`).join(', ');
  try {
    const [row] = await sql.query(
      `WITH admins AS (
         SELECT id FROM users
         WHERE role = 'admin' AND disabled_at_ms IS NULL AND removed_at_ms IS NULL AND expires_at_ms IS NULL
         ORDER BY id FOR UPDATE
       ), left_over AS (
         SELECT NOT $2 OR NOT EXISTS (SELECT 1 FROM admins WHERE id = $1)
           OR EXISTS (SELECT 1 FROM admins WHERE id <> $1) AS enough
       )
       UPDATE users SET ${list} FROM left_over
       WHERE users.id = $1 AND removed_at_ms IS NULL AND left_over.enough RETURNING ${COLUMNS}`,
      [id, takesAdmin, ...sets.map(({ value }) => value)],
    );
    if (row !== undefined) return ok(readUserRow(row));
  } catch (error) {
    if (isTaken(error)) return fail('email-taken');
    throw error;
  }
  const there = await sql.query('SELECT 1 FROM users WHERE id = $1 AND removed_at_ms IS NULL', [id]);
  return fail(there.length === 0 ? 'not-found' : 'last-admin');
}

/** Postgres' word for a value that must be unique and is not. */
const isTaken = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === '23505';

function columnOf(by: UserName): { column: string; value: SqlValue } {
  if ('id' in by) return { column: 'id', value: by.id };
  return 'number' in by ? { column: 'number', value: by.number } : { column: 'email', value: by.email };
}
