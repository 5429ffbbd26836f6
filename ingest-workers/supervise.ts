import { EXIT } from './worker-state.ts';

/**
 * What becomes of a worker's process, decided from how it ended and the time alone:
 *
 *     running ──ended──▶ waiting ──its time has come──▶ running
 *        │                  └── too often in a row ──▶ given up
 *        └── ended so that starting again cannot help ──▶ given up
 */
export type Supervision =
  | { readonly type: 'running'; readonly sinceMs: number; readonly failures: number }
  | { readonly type: 'waiting'; readonly untilMs: number; readonly failures: number; readonly words: string }
  | { readonly type: 'given-up'; readonly words: string };

export type Ending = { readonly code: number | null; readonly signal: string | null; readonly words: string };

const FIRST_MS = 1_000;
const LAST_MS = 60_000;
/** Whoever ran for so long has recovered. */
const HEALTHY_MS = 120_000;
const MAX_FAILURES = 10;

export const begin = (nowMs: number, failures = 0): Supervision => ({
  type: 'running',
  sinceMs: nowMs,
  failures,
});

/** @param random in [0, 1); spreads restarts */
export function afterEnding(
  state: Extract<Supervision, { type: 'running' }>,
  ending: Ending,
  nowMs: number,
  random: number,
): Supervision {
  const how = ending.signal === null ? `exit code ${ending.code}` : ending.signal;
  const words = ending.words === '' ? `It ended with ${how}.` : ending.words;
  if (ending.code === EXIT.misconfigured || ending.code === EXIT.turnedAway)
    return { type: 'given-up', words };
  const failures = nowMs - state.sinceMs >= HEALTHY_MS ? 1 : state.failures + 1;
  if (failures > MAX_FAILURES)
    return { type: 'given-up', words: `It failed ${MAX_FAILURES} times in a row. ${words}` };
  const delayMs = Math.min(LAST_MS, FIRST_MS * 2 ** (failures - 1)) * (0.75 + random / 4);
  return { type: 'waiting', untilMs: nowMs + delayMs, failures, words };
}
