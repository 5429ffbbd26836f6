import { z } from 'zod';
import { Handle } from '../accounts/handle.ts';
import type { TicketStore } from '../accounts/ticket-store.ts';
import type { Sql } from './sql.ts';

const TicketRow = z.object({ handle: Handle, lives: z.boolean() });

/** Tickets in the table of `migrations/`. Those that nobody came with are swept whenever one is made. */
export function createSqlTicketStore(sql: Sql): TicketStore {
  return {
    add: async ({ hash, handle, expiresAtMs }) => {
      await sql.query(
        `WITH swept AS (DELETE FROM socket_tickets WHERE expires_at_ms < $3::bigint - 600000)
         INSERT INTO socket_tickets (hash, handle, expires_at_ms) VALUES ($1, $2, $3)`,
        [hash, handle, expiresAtMs],
      );
    },
    take: async (hash, nowMs) => {
      const [row] = await sql.query(
        'DELETE FROM socket_tickets WHERE hash = $1 RETURNING handle, expires_at_ms > $2 AS lives',
        [hash, nowMs],
      );
      if (row === undefined) return undefined;
      const { handle, lives } = TicketRow.parse(row);
      return lives ? handle : undefined;
    },
  };
}
