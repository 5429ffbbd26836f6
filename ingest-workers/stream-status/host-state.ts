import type { NoAnswerCause } from './reading.ts';

/**
 * What is known of a host that is asked. Everything here is pure: times are handed in, in ms since 1970 UTC.
 *
 *            enough trouble, or a word that says so
 *   well ───────────────────────────────────────────▶ resting until T
 *     ▲                                                  │ T has passed: one request tries
 *     └───────────── it answered ────────────────────────┤
 *                                     it did not ────────┘ (longer)
 */
export type HostState = Readonly<{
  /** Requests under way. */
  running: number;
  /** The next may begin then. */
  nextStartAt: number;
  /** Troubles in a row. */
  troubles: number;
  /** Left alone until then. */
  restsUntil: number;
  /** Why, for the operator. */
  trouble?: Readonly<{ cause: NoAnswerCause; reason: string; sinceMs: number }>;
}>;

export const newHost: HostState = { running: 0, nextStartAt: 0, troubles: 0, restsUntil: 0 };

const FIRST_REST_MS = 30_000;
/** One request in two minutes hurts nobody, and nobody waits long once the host is well again. */
const LONGEST_REST_MS = 2 * 60_000;
/** A key that is refused is refused for long, and there is another way to ask. */
const KEY_REST_MS = 10 * 60_000;
/** Troubles in a row before a host is left alone, when it did not ask for it. */
const PATIENCE = 3;
/** How far behind its spacing a host may be served: what was late may be caught up this much at once. */
const CATCH_UP_MS = 2000;

export function isResting(host: HostState, nowMs: number): boolean {
  return host.restsUntil > nowMs;
}

/** After a rest one request tries, before the others follow. */
export function mayStart(host: HostState, concurrency: number, nowMs: number): boolean {
  if (isResting(host, nowMs) || host.nextStartAt > nowMs) return false;
  return host.running < (host.restsUntil > 0 ? 1 : concurrency);
}

export function hostStarted(host: HostState, spacingMs: number, nowMs: number): HostState {
  const nextStartAt = Math.max(host.nextStartAt, nowMs - CATCH_UP_MS) + spacingMs;
  return { ...host, running: host.running + 1, nextStartAt };
}

export function hostAnswered(host: HostState): HostState {
  const { trouble: _trouble, ...rest } = host;
  return { ...rest, running: Math.max(0, host.running - 1), troubles: 0, restsUntil: 0 };
}

/** `random` in [0, 1): checkers that were turned away together do not come back together. */
export function hostTroubled(
  host: HostState,
  said: Readonly<{ cause: NoAnswerCause; reason: string; retryAfterMs?: number }>,
  nowMs: number,
  random: number,
): HostState {
  const troubles = host.troubles + 1;
  const trouble = { cause: said.cause, reason: said.reason, sinceMs: host.trouble?.sinceMs ?? nowMs };
  const next = { ...host, running: Math.max(0, host.running - 1), troubles, trouble };
  // Requests that were under way when the rest began add nothing to it.
  if (isResting(host, nowMs)) return { ...next, troubles: host.troubles };
  const isTold = said.cause === 'rate-limited' || said.cause === 'key' || said.retryAfterMs !== undefined;
  if (!isTold && troubles < PATIENCE && host.restsUntil === 0) return next;
  return { ...next, restsUntil: nowMs + restMs(said, troubles, random) };
}

function restMs(
  { cause, retryAfterMs }: Readonly<{ cause: NoAnswerCause; retryAfterMs?: number }>,
  troubles: number,
  random: number,
): number {
  const longer = FIRST_REST_MS * 2 ** Math.min(Math.max(troubles - PATIENCE + 1, 0), 10);
  const base = cause === 'key' ? KEY_REST_MS : Math.min(longer, LONGEST_REST_MS);
  const spread = base * (0.75 + 0.5 * random);
  // What they ask for is the least; a little more, so that not all come back in the same second.
  return retryAfterMs === undefined ? spread : Math.max(retryAfterMs * (1 + 0.1 * random), 1000);
}
