import { openRedisConnection, whenConnected } from './redis-connection.ts';

/** @returns its version. @throws {Error} in words, when it does not answer within `waitMs` */
export async function examineRedis(url: string, waitMs: number): Promise<string> {
  let trouble = 'Redis does not answer';
  const redis = openRedisConnection(url, (error) => {
    trouble = `Redis does not answer (${error.message})`;
  });
  try {
    await whenConnected(redis, waitMs);
    if (redis.status !== 'ready') throw new Error(trouble);
    const [, version = 'unknown'] = /^redis_version:(\S+)/m.exec(await redis.info('server')) ?? [];
    return version;
  } finally {
    redis.disconnect();
  }
}
