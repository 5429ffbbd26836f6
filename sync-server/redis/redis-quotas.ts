import { z } from 'zod';
import type { Clock } from '#shared/kernel/clock.ts';
import { createInMemoryQuotas } from '../accounts/in-memory-quotas.ts';
import type { Quotas } from '../accounts/quotas.ts';
import { createPatience } from './leave-alone.ts';
import { openRedisConnection, whenConnected } from './redis-connection.ts';

const FIRST_CONNECTION_MS = 3_000;

/** Counts, and says what was counted and in how many milliseconds that ends, in one step. */
const TAKE = `
local count = redis.call('INCRBY', KEYS[1], ARGV[1])
local left = redis.call('PTTL', KEYS[1])
if left < 0 then
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
  left = tonumber(ARGV[2])
end
return {count, left}`;
const GIVE_BACK = `
local count = tonumber(redis.call('GET', KEYS[1]) or '0')
if count > 0 then redis.call('DECR', KEYS[1]) end`;

const Taken = z.tuple([z.number(), z.number()]);

/** Counts for all instances in Redis, and in this process as well: that is what counts while Redis is away, or hangs. */
export async function openRedisQuotas(
  url: string,
  prefix: string,
  clock: Clock,
  onTrouble: (error: unknown) => void,
  observe: (tookMs: number) => void = () => undefined,
): Promise<{ quotas: Quotas; close: () => void }> {
  const redis = openRedisConnection(url, onTrouble);
  const { isThere, failed } = createPatience(redis, clock, onTrouble);
  const own = createInMemoryQuotas(clock);
  const ask = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    if (!isThere()) return undefined;
    const began = performance.now();
    try {
      const answer = await work();
      observe(performance.now() - began);
      return answer;
    } catch (error) {
      failed(error);
      return undefined;
    }
  };
  const quotas: Quotas = {
    take: async (name, quota, amount = 1) => {
      const here = await own.take(name, quota, amount);
      const answer = await ask(async () => redis.eval(TAKE, 1, prefix + name, amount, quota.windowMs));
      if (answer === undefined) return here;
      const [count, leftMs] = Taken.parse(answer);
      return count <= quota.limit
        ? { isWithin: true }
        : { isWithin: false, retryAfterMs: Math.max(1, leftMs) };
    },
    giveBack: async (name) => {
      await own.giveBack(name);
      await ask(async () => redis.eval(GIVE_BACK, 1, prefix + name));
    },
    forget: async (name) => {
      await own.forget(name);
      await ask(async () => redis.del(prefix + name));
    },
  };
  await whenConnected(redis, FIRST_CONNECTION_MS);
  return { quotas, close: () => redis.disconnect() };
}
