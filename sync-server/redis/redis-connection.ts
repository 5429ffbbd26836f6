import { Redis } from 'ioredis';

const COMMAND_TIMEOUT_MS = 2_000;
const MAX_RECONNECT_MS = 1_000;

/**
 * A connection that comes back by itself. While it is down, commands fail at once and are not kept.
 * @param onTrouble is told of every failed attempt
 * @param commandTimeoutMs how long an answer may take
 */
export function openRedisConnection(
  url: string,
  onTrouble: (error: Error) => void,
  commandTimeoutMs = COMMAND_TIMEOUT_MS,
): Redis {
  const redis = new Redis(url, {
    enableOfflineQueue: false,
    autoResubscribe: false,
    maxRetriesPerRequest: 0,
    commandTimeout: commandTimeoutMs,
    connectTimeout: COMMAND_TIMEOUT_MS,
    keepAlive: 10_000,
    retryStrategy: (attempt) => Math.min(attempt * 100, MAX_RECONNECT_MS),
  });
  redis.on('error', onTrouble);
  return redis;
}

/** Resolves when it is connected, or after `waitMs`, whichever is first. */
export async function whenConnected(redis: Redis, waitMs: number): Promise<void> {
  if (redis.status === 'ready') return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, waitMs);
    redis.once('ready', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
