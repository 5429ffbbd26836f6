import { createHash } from 'node:crypto';
import type { Request } from 'express';
import { z } from 'zod';
import type { Clock } from '#shared/kernel/clock.ts';
import type { ActorId } from '#shared/model/ids.ts';
import type { Sql } from '../../postgres/sql.ts';
import { HttpRefusal, refusals } from '../http-refusal.ts';
import type { Prepared } from './send-answer.ts';

/** Requests that are sent again because their answer was lost. */
export type Repeats = {
  /** Does it once for each Idempotency-Key of an actor; later ones get the first answer. @throws {HttpRefusal} */
  readonly once: (request: Request, actor: ActorId, perform: () => Promise<Prepared>) => Promise<Prepared>;
};

const Known = z.object({
  request_hash: z.string(),
  status: z.number().nullable(),
  answer: z.string().nullable(),
});
const Stored = z.object({ type: z.string().nullable(), text: z.string() });

const MAX_KEY = 200;
/** Who did not answer for so long has died over it. */
const GIVEN_UP_MS = 60_000;
/** A report of the longest import is shorter. */
const MAX_KEPT = 8 * 1_048_576;

export function createRepeats(sql: Sql, clock: Clock): Repeats {
  return {
    once: async (request, actor, perform) => {
      const key = request.get('idempotency-key');
      if (key === undefined) return perform();
      if (key === '' || key.length > MAX_KEY || !/^[\x21-\x7e]+$/.test(key))
        throw refusals.invalid('Idempotency-Key', `must be 1 to ${String(MAX_KEY)} visible characters`);
      const body: unknown = request.body;
      const asked = JSON.stringify([request.method, request.originalUrl, body ?? null]);
      const hash = createHash('sha256').update(asked).digest('base64url');
      const known = await claim(sql, [actor, key, hash, clock.nowMs(), clock.nowMs() - GIVEN_UP_MS]);
      if (known !== undefined) return answerAgain(known, hash);
      try {
        const prepared = await perform();
        await keep(sql, actor, key, prepared);
        return prepared;
      } catch (error) {
        // It was not done: it may be tried again under the same key.
        await sql.query('DELETE FROM rest_repeats WHERE actor = $1 AND key = $2', [actor, key]);
        throw error;
      }
    },
  };
}

/** @returns undefined when the key is ours now, or what is known of it */
async function claim(sql: Sql, values: [ActorId, string, string, number, number]) {
  const [actor, key] = values;
  const taken = await sql.query(
    `INSERT INTO rest_repeats (actor, key, request_hash, at_ms) VALUES ($1, $2, $3, $4)
     ON CONFLICT (actor, key) DO UPDATE SET at_ms = excluded.at_ms
       WHERE rest_repeats.status IS NULL AND rest_repeats.at_ms < $5 AND rest_repeats.request_hash = excluded.request_hash
     RETURNING key`,
    values,
  );
  if (taken.length > 0) return undefined;
  const [row] = await sql.query(
    'SELECT request_hash, status, answer FROM rest_repeats WHERE actor = $1 AND key = $2',
    [actor, key],
  );
  return row === undefined ? { request_hash: values[2], status: null, answer: null } : Known.parse(row);
}

function answerAgain({ request_hash, status, answer }: z.infer<typeof Known>, hash: string): Prepared {
  if (request_hash !== hash)
    throw new HttpRefusal(
      422,
      'idempotency-key-reused',
      'This Idempotency-Key was used for another request.',
    );
  if (status === null || answer === null)
    throw new HttpRefusal(409, 'in-progress', 'A request with this Idempotency-Key is being done.', {
      retryAfterMs: 1_000,
    });
  const { type, text } = Stored.parse(JSON.parse(answer));
  return { status, type: type ?? undefined, bytes: Buffer.from(text), etag: undefined, isRepeat: true };
}

async function keep(sql: Sql, actor: ActorId, key: string, { status, type, bytes }: Prepared): Promise<void> {
  const text = bytes.length > MAX_KEPT ? '{}' : bytes.toString();
  await sql.query('UPDATE rest_repeats SET status = $3, answer = $4 WHERE actor = $1 AND key = $2', [
    ...[actor, key, status],
    JSON.stringify({ type: type ?? null, text }),
  ]);
}
