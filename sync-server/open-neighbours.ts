import type { Clock } from '#shared/kernel/clock.ts';
import type { Logger } from '#shared/kernel/logger.ts';
import type { FanOut } from './documents/fan-out.ts';
import { createInMemoryFanOut } from './documents/in-memory-fan-out.ts';
import { createInMemoryPresenceBoard } from './documents/in-memory-presence-board.ts';
import type { PresenceBoard } from './documents/presence-board.ts';
import { openRedisFanOut } from './redis/redis-fan-out.ts';
import { openRedisPresenceBoard } from './redis/redis-presence-board.ts';

/** How this instance meets the others on the same database: through Redis, or not at all. */
export type Neighbours = {
  readonly fanOut: FanOut;
  readonly board: PresenceBoard;
  readonly close: () => void;
};

/** @param storeId tells apart servers that share a Redis. A Redis that is away is waited for while the server runs. */
export async function openNeighbours(
  redisUrl: string | undefined,
  storeId: string,
  { clock, logger }: { readonly clock: Clock; readonly logger: Logger },
): Promise<Neighbours> {
  if (redisUrl === undefined) {
    const fanOut = createInMemoryFanOut()();
    return { fanOut, board: createInMemoryPresenceBoard(clock), close: () => undefined };
  }
  const prefix = `streamwall:${storeId}:`;
  const onTrouble = (error: unknown): void =>
    logger.warn('Redis does not answer', { error: error instanceof Error ? error.message : String(error) });
  const fan = await openRedisFanOut(redisUrl, prefix, onTrouble);
  const { board, close } = await openRedisPresenceBoard(redisUrl, prefix, clock, onTrouble);
  return {
    fanOut: fan.fanOut,
    board,
    close: () => {
      fan.close();
      close();
    },
  };
}
