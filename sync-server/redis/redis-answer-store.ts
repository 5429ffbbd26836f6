import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '#shared/kernel/clock.ts';
import { MAX_ANSWER_BYTES, type AnswerStore, type KeptAnswer } from '../answers/answer-store.ts';
import { createPatience } from './leave-alone.ts';
import { openRedisConnection, whenConnected } from './redis-connection.ts';

const FIRST_CONNECTION_MS = 3_000;
/** Making an answer takes not much longer; nobody waits longer for a kept one. */
const TIMEOUT_MS = 200;
const KEPT_MS = 60_000;
/** What one instance puts there a minute, and so twice as much is the most that is there of it. */
const MAX_BYTES_A_MINUTE = 32 * 1_048_576;

const Head = z.object({ version: z.string(), type: z.string().optional(), etag: z.string().optional() });

/** Answers that all instances share, in Redis, under a hash of the question. */
export async function openRedisAnswerStore(
  url: string,
  prefix: string,
  clock: Clock,
  onTrouble: (error: unknown) => void,
): Promise<{ store: AnswerStore; close: () => void }> {
  const redis = openRedisConnection(url, onTrouble, TIMEOUT_MS);
  const keyOf = (question: string): string =>
    `${prefix}answer:${createHash('sha256').update(question).digest('base64url')}`;
  const { isThere, failed } = createPatience(redis, clock, onTrouble);
  let minute = { atMs: 0, bytes: 0 };
  const isWithin = (bytes: number): boolean => {
    const nowMs = clock.nowMs();
    if (Math.abs(nowMs - minute.atMs) >= KEPT_MS) minute = { atMs: nowMs, bytes: 0 };
    minute.bytes += bytes;
    return minute.bytes <= MAX_BYTES_A_MINUTE;
  };
  const store: AnswerStore = {
    get: async (question) => {
      if (!isThere()) return undefined;
      try {
        const value = await redis.getBuffer(keyOf(question));
        return value === null ? undefined : readAnswer(value);
      } catch (error) {
        failed(error);
        return undefined;
      }
    },
    put: (question, answer) => {
      const { length } = answer.bytes;
      if (length > MAX_ANSWER_BYTES || !isThere() || !isWithin(length)) return;
      redis.set(keyOf(question), writeAnswer(answer), 'PX', KEPT_MS).catch(failed);
    },
  };
  await whenConnected(redis, FIRST_CONNECTION_MS);
  return { store, close: () => redis.disconnect() };
}

/** A line about it, then the answer itself. */
const writeAnswer = ({ version, type, etag, bytes }: KeptAnswer): Buffer =>
  Buffer.concat([Buffer.from(`${JSON.stringify({ version, type, etag })}\n`), bytes]);

function readAnswer(value: Buffer): KeptAnswer | undefined {
  const end = value.indexOf('\n');
  try {
    const { version, type, etag } = Head.parse(JSON.parse(value.toString('utf8', 0, Math.max(0, end))));
    return { version, type, etag, bytes: value.subarray(end + 1) };
  } catch {
    return undefined;
  }
}
