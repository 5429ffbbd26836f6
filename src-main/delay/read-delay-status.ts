import { z } from 'zod';
import type { DelayStatus } from '#shared/protocol/delay-state.ts';

const A_DAY = 86_400;

/** What Streamdelay says of itself: at the start of a line, and with every change. */
const Told = z.object({
  status: z.object({
    delaySeconds: z.number().min(0).max(A_DAY),
    isCensored: z.boolean(),
    isStreamRunning: z.boolean(),
    startTime: z.number().min(0).max(8.64e15).nullable(),
    /** The states of its inner machine, which say more than the two flags. */
    state: z.unknown(),
  }),
});

const Inside = z.object({ censorship: z.unknown(), stream: z.unknown() });
const Lifting = z.object({ censored: z.literal('deactivating') });

/** @returns undefined for what is no status: nothing is known then */
export function readDelayStatus(text: string): DelayStatus | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const told = Told.safeParse(value);
  if (!told.success) return undefined;
  const { delaySeconds, isCensored, isStreamRunning, startTime, state } = told.data.status;
  const { censorship, stream } = Inside.safeParse(state).data ?? {};
  const isLifting = isCensored && Lifting.safeParse(censorship).success;
  const running = startTime === null ? 'starting' : 'running';
  return {
    delaySeconds,
    censor: !isCensored ? 'off' : isLifting ? 'lifting' : 'on',
    stream: isStreamRunning ? running : stream === 'restarting' ? 'restarting' : 'stopped',
    startedAtMs: startTime,
  };
}
