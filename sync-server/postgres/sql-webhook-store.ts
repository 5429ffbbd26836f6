import { z } from 'zod';
import type { Webhook } from '../webhooks/webhook.ts';
import type { WebhookStore } from '../webhooks/webhook-store.ts';
import { orUndefined, Time } from './sql-rows.ts';
import type { Sql } from './sql.ts';

const Row = z
  .object({
    ...{
      id: z.string(),
      url: z.string(),
      secret: z.string(),
      kinds: z.array(z.string()),
      created_by: z.string(),
    },
    ...{ created_at_ms: Time, told: z.coerce.number(), told_beside: z.coerce.number() },
    ...{ tries: z.number(), next_at_ms: Time },
    ...{
      failing_since_ms: orUndefined(Time),
      last_status: orUndefined(z.string()),
      last_at_ms: orUndefined(Time),
    },
    disabled_at_ms: orUndefined(Time),
  })
  .transform((row): Webhook => ({
    ...{ id: row.id, url: row.url, secret: row.secret, kinds: row.kinds, createdBy: row.created_by },
    ...{ createdAtMs: row.created_at_ms, told: row.told, besideTold: row.told_beside },
    ...{ tries: row.tries, nextAtMs: row.next_at_ms },
    ...{ failingSinceMs: row.failing_since_ms, lastStatus: row.last_status, lastAtMs: row.last_at_ms },
    disabledAtMs: row.disabled_at_ms,
  }));

/** Webhooks in the table of `migrations/`. */
export function createSqlWebhookStore(sql: Sql): WebhookStore {
  return {
    list: async () =>
      (await sql.query('SELECT * FROM webhooks ORDER BY created_at_ms, id')).map((row) => Row.parse(row)),
    find: async (id) => {
      const [row] = await sql.query('SELECT * FROM webhooks WHERE id = $1', [id]);
      return row === undefined ? undefined : Row.parse(row);
    },
    add: async ({ id, url, secret, kinds, createdBy, createdAtMs, told, besideTold }) => {
      await sql.query(
        `INSERT INTO webhooks (id, url, secret, kinds, created_by, created_at_ms, told, told_beside)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [id, url, secret, kinds, createdBy, createdAtMs, told, besideTold],
      );
    },
    note: async (hook) => {
      const { id, told, besideTold, tries, nextAtMs, failingSinceMs, lastStatus, lastAtMs, disabledAtMs } =
        hook;
      await sql.query(
        `UPDATE webhooks SET told = $2, tries = $3, next_at_ms = $4, failing_since_ms = $5, last_status = $6,
           last_at_ms = $7, disabled_at_ms = $8, told_beside = $9 WHERE id = $1`,
        [
          ...[id, told, tries, nextAtMs, failingSinceMs ?? null],
          ...[lastStatus ?? null, lastAtMs ?? null, disabledAtMs ?? null, besideTold],
        ],
      );
    },
    remove: async (id) =>
      (await sql.query('DELETE FROM webhooks WHERE id = $1 RETURNING id', [id])).length > 0,
  };
}
