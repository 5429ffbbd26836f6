import { randomBytes } from 'node:crypto';
import type { AccountStores } from '../accounts/account-stores.ts';
import type { Sql } from './sql.ts';
import { createSqlInviteStore } from './sql-invite-store.ts';
import { createSqlKeyStore } from './sql-key-store.ts';
import { Bytes } from './sql-rows.ts';
import { createSqlSessionStore } from './sql-session-store.ts';
import { createSqlTicketStore } from './sql-ticket-store.ts';
import { createSqlUserStore } from './sql-user-store.ts';

/** Accounts in the tables of `migrations/`, whichever Postgres serves them. */
export function createSqlAccountStores(sql: Sql): AccountStores {
  return {
    keys: createSqlKeyStore(sql),
    users: createSqlUserStore(sql),
    sessions: createSqlSessionStore(sql),
    invites: createSqlInviteStore(sql),
    tickets: createSqlTicketStore(sql),
    signingKey: async () => {
      const find = async () => sql.query(`SELECT bytes FROM secrets WHERE name = 'access-tokens'`);
      const [known] = await find();
      if (known !== undefined) return Bytes.parse(known['bytes']);
      await sql.query(
        `INSERT INTO secrets (name, bytes) VALUES ('access-tokens', $1) ON CONFLICT (name) DO NOTHING`,
        [randomBytes(32)],
      );
      return Bytes.parse((await find())[0]?.['bytes']);
    },
    rotateSigningKey: async () => {
      await sql.query(
        `INSERT INTO secrets (name, bytes) VALUES ('access-tokens', $1)
         ON CONFLICT (name) DO UPDATE SET bytes = excluded.bytes`,
        [randomBytes(32)],
      );
    },
  };
}
