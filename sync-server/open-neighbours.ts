import type { Clock } from '#shared/kernel/clock.ts';
import type { Logger } from '#shared/kernel/logger.ts';
import type { AnswerStore } from './answers/answer-store.ts';
import { createInMemoryQuotas } from './accounts/in-memory-quotas.ts';
import type { Quotas } from './accounts/quotas.ts';
import type { FanOut } from './documents/fan-out.ts';
import { createInMemoryFanOut } from './documents/in-memory-fan-out.ts';
import { createInMemoryPresenceBoard } from './documents/in-memory-presence-board.ts';
import type { PresenceBoard } from './documents/presence-board.ts';
import { createInMemoryInstanceBoards } from './instances/in-memory-instance-board.ts';
import type { InstanceBoard } from './instances/instance-board.ts';
import { openRedisAnswerStore } from './redis/redis-answer-store.ts';
import { openRedisFanOut } from './redis/redis-fan-out.ts';
import { openRedisInstanceBoard } from './redis/redis-instance-board.ts';
import { openRedisPresenceBoard } from './redis/redis-presence-board.ts';
import { openRedisQuotas } from './redis/redis-quotas.ts';

/** How this instance meets the others on the same database: through Redis, or not at all. */
export type Neighbours = {
  readonly fanOut: FanOut;
  readonly board: PresenceBoard;
  readonly quotas: Quotas;
  readonly instances: InstanceBoard;
  /** Undefined for an instance by itself: it keeps them in its own memory. */
  readonly answers: AnswerStore | undefined;
  readonly close: () => void;
};

type NeighbourParts = {
  readonly clock: Clock;
  readonly logger: Logger;
  /** Told how long Redis took to answer, in milliseconds. */
  readonly observe?: (tookMs: number) => void;
};

/** @param storeId tells apart servers that share a Redis. A Redis that is away is waited for while the server runs. */
export async function openNeighbours(
  redisUrl: string | undefined,
  storeId: string,
  { clock, logger, observe = () => undefined }: NeighbourParts,
): Promise<Neighbours> {
  if (redisUrl === undefined) {
    const fanOut = createInMemoryFanOut()();
    const quotas = createInMemoryQuotas(clock);
    const instances = createInMemoryInstanceBoards(clock)();
    const board = createInMemoryPresenceBoard(clock);
    return { fanOut, board, quotas, instances, answers: undefined, close: () => undefined };
  }
  const prefix = `streamwall:${storeId}:`;
  const onTrouble = (error: unknown): void =>
    logger.warn('Redis does not answer', { error: error instanceof Error ? error.message : String(error) });
  const [fan, { board, close }, counted, reported, answered] = await Promise.all([
    openRedisFanOut(redisUrl, prefix, onTrouble),
    openRedisPresenceBoard(redisUrl, prefix, clock, onTrouble),
    openRedisQuotas(redisUrl, `${prefix}quota:`, clock, onTrouble, observe),
    openRedisInstanceBoard(redisUrl, prefix, clock, onTrouble),
    openRedisAnswerStore(redisUrl, prefix, clock, onTrouble),
  ]);
  return {
    fanOut: fan.fanOut,
    board,
    quotas: counted.quotas,
    instances: reported.board,
    answers: answered.store,
    close: () => {
      answered.close();
      reported.close();
      counted.close();
      fan.close();
      close();
    },
  };
}
