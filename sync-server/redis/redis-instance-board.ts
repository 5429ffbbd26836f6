import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { Clock } from '#shared/kernel/clock.ts';
import {
  INSTANCE_TTL_MS,
  PAST_TTL_MS,
  type InstanceBoard,
  type InstanceReport,
  type Others,
} from '../instances/instance-board.ts';
import { ABOUT, fieldsOf, readHealth, readInstance, readSamples } from './instance-fields.ts';
import { openRedisConnection, whenConnected } from './redis-connection.ts';

const FIRST_CONNECTION_MS = 3_000;

type Parts = {
  readonly redis: Redis;
  readonly keys: ReturnType<typeof keysUnder>;
  readonly id: string;
  readonly clock: Clock;
  readonly onTrouble: (error: unknown) => void;
};

/**
 * A hash for each instance, in which each connection is a field, so that what is written is what changed; beside it what
 * happened there; and one set of all, with the time until which they are remembered.
 */
export async function openRedisInstanceBoard(
  url: string,
  prefix: string,
  clock: Clock,
  onTrouble: (error: unknown) => void,
): Promise<{ board: InstanceBoard; close: () => void }> {
  const redis = openRedisConnection(url, onTrouble);
  const hearer = openRedisConnection(url, onTrouble);
  const [id, keys] = [randomUUID(), keysUnder(prefix)];
  const parts: Parts = { redis, keys, id, clock, onTrouble };
  const listeners: ((connection: string) => void)[] = [];
  hearer.on('ready', () => void hearer.subscribe(keys.channel(id)).catch(onTrouble));
  hearer.on('message', (_channel, connection) => {
    for (const listener of listeners) listener(connection);
  });
  const board: InstanceBoard = {
    ...{ id, put: createPut(parts), others: async () => readOthers(parts) },
    isAnyDown: async (part) => isAnyDown(parts, part),
    disconnect: async (instance, connection) => {
      try {
        return (await redis.publish(keys.channel(instance), connection)) > 0;
      } catch (error) {
        onTrouble(error);
        return false;
      }
    },
    onDisconnect: (listener) => void listeners.push(listener),
    leave: async () => {
      if (redis.status === 'ready') await redis.del(keys.instance(id)).catch(onTrouble);
    },
  };
  await Promise.all([redis, hearer].map(async (one) => whenConnected(one, FIRST_CONNECTION_MS)));
  return {
    board,
    close: () => {
      redis.disconnect();
      hearer.disconnect();
    },
  };
}

const keysUnder = (prefix: string) => ({
  index: `${prefix}instances`,
  instance: (id: string) => `${prefix}instance:${id}`,
  past: (id: string) => `${prefix}activity:${id}`,
  channel: (id: string) => `${prefix}let-go:${id}`,
});

function createPut({ redis, keys, id, clock, onTrouble }: Parts): InstanceBoard['put'] {
  /** What Redis has of this instance; undefined when it may have lost it. */
  let written: { readonly fields: ReadonlyMap<string, string>; readonly past: string } | undefined;
  redis.on('ready', () => (written = undefined));
  return (report: InstanceReport) => {
    if (redis.status !== 'ready') return;
    const nowMs = clock.nowMs();
    const [fields, past] = [fieldsOf(report, nowMs), JSON.stringify(report.samples)];
    const before = written?.fields ?? new Map<string, string>();
    const changed = [...fields].filter(([field, text]) => before.get(field) !== text);
    const gone = [...before.keys()].filter((field) => !fields.has(field));
    const multi = redis.multi();
    if (written === undefined) multi.del(keys.instance(id));
    if (gone.length > 0) multi.hdel(keys.instance(id), ...gone);
    if (changed.length > 0) multi.hset(keys.instance(id), new Map(changed));
    if (written?.past !== past) multi.set(keys.past(id), past, 'PX', PAST_TTL_MS);
    multi.pexpire(keys.instance(id), INSTANCE_TTL_MS);
    multi.zadd(keys.index, nowMs + PAST_TTL_MS, id).zremrangebyscore(keys.index, '-inf', nowMs);
    written = { fields, past };
    multi.exec().catch((error: unknown) => {
      written = undefined;
      onTrouble(error);
    });
  };
}

async function isAnyDown({ redis, keys, id, clock, onTrouble }: Parts, part: string): Promise<boolean> {
  if (redis.status !== 'ready') return false;
  try {
    const known = await redis.zrangebyscore(keys.index, `(${String(clock.nowMs())}`, '+inf');
    const others = known.filter((one) => one !== id);
    const abouts = await Promise.all(others.map(async (one) => redis.hget(keys.instance(one), ABOUT)));
    return abouts.some((about) => readHealth(about)?.[part]?.state === 'down');
  } catch (error) {
    onTrouble(error);
    return false;
  }
}

async function readOthers({ redis, keys, id, clock, onTrouble }: Parts): Promise<Others | undefined> {
  if (redis.status !== 'ready') return undefined;
  try {
    const nowMs = clock.nowMs();
    const known = await redis.zrangebyscore(keys.index, `(${String(nowMs)}`, '+inf');
    const read = await Promise.all(
      known
        .filter((one) => one !== id)
        .map(async (one) => ({
          instance: readInstance(one, await redis.hgetall(keys.instance(one)), nowMs),
          past: readSamples(await redis.get(keys.past(one))),
        })),
    );
    return {
      instances: read.flatMap(({ instance }) => instance ?? []),
      pasts: read.map(({ past }) => past),
    };
  } catch (error) {
    onTrouble(error);
    return undefined;
  }
}
