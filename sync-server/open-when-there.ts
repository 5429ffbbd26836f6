import type { Clock } from '#shared/kernel/clock.ts';
import type { Timers } from './documents/timers.ts';
import { LogUnavailable } from './documents/update-log.ts';

type Parts = {
  readonly clock: Clock;
  readonly timers: Timers;
  /** Is told at once, and then again and again, why it goes on waiting. */
  readonly say: (why: string) => void;
};

const RETRY_MS = 1_000;
const SAY_AGAIN_MS = 30_000;

/**
 * Opens what may not be there yet: machines are started in any order, and a database takes its time after a power cut. It
 * is tried again for as long as nobody answers; what an answer says is wrong does not become right by waiting.
 */
export async function openWhenThere<T>(open: () => Promise<T>, { clock, timers, say }: Parts): Promise<T> {
  let saidAtMs = -Infinity;
  for (;;) {
    try {
      return await open();
    } catch (error) {
      if (!(error instanceof LogUnavailable)) throw error;
      if (clock.nowMs() - saidAtMs >= SAY_AGAIN_MS) {
        saidAtMs = clock.nowMs();
        say(error.message);
      }
    }
    await new Promise<void>((resolve) => void timers.after(RETRY_MS, resolve));
  }
}
