import type { Redis } from 'ioredis';
import type { Clock } from '#shared/kernel/clock.ts';

/** A Redis that did not answer is left alone for so long: nobody waits for it again and again. */
const PAUSE_MS = 5_000;

export type Patience = {
  /** Whether asking is worth a try now. */
  readonly isThere: () => boolean;
  /** It did not answer, or not well. */
  readonly failed: (error: unknown) => void;
};

export function createPatience(redis: Redis, clock: Clock, onTrouble: (error: unknown) => void): Patience {
  let pausedUntilMs = 0;
  return {
    isThere: () => redis.status === 'ready' && clock.nowMs() >= pausedUntilMs,
    failed: (error) => {
      pausedUntilMs = clock.nowMs() + PAUSE_MS;
      onTrouble(error);
    },
  };
}
