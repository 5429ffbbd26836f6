import type { StreamStatus } from '#shared/model/stream.ts';

/** What a platform tells about a broadcast besides its state. Times in ms since 1970 UTC. */
export type BroadcastDetails = Readonly<{
  title?: string;
  viewers?: number;
  thumbnail?: string;
  orientation?: 'horizontal' | 'vertical';
  startedAt?: number;
  endedAt?: number;
  /** When a scheduled broadcast is to begin. */
  startsAt?: number;
}>;

/** The platform said how it is. */
export type Answer = Readonly<{
  type: 'answer';
  status: Exclude<StreamStatus, 'unknown'>;
  /** A sentence for the operator. */
  reason: string;
  /** What was read, in the platform's own words: for whoever doubts the reason. */
  evidence: string;
  details: BroadcastDetails;
  /** It will never be live again: a broadcast with an address of its own that is over. */
  isFinal: boolean;
}>;

/** Why nothing was learned. None of these means offline. */
export type NoAnswerCause =
  /** They send us away: a challenge, a block, a captcha. */
  | 'blocked'
  /** Only who is logged in may see. */
  | 'login'
  | 'rate-limited'
  /** They are in trouble themselves: 5xx. */
  | 'down'
  /** No connection, no such host, too slow. */
  | 'unreachable'
  /** Our key or its token was refused. */
  | 'key'
  /** It came, and could not be understood. */
  | 'odd-answer'
  /** A page that never says whether it is live. */
  | 'no-way';

export type NoAnswer = Readonly<{
  type: 'no-answer';
  cause: NoAnswerCause;
  reason: string;
  evidence: string;
  /** How long the host wants to be left alone. */
  retryAfterMs?: number;
}>;

export type Reading = Answer | NoAnswer;

type Details = BroadcastDetails & { readonly isFinal?: boolean };

export function answer(
  status: Answer['status'],
  reason: string,
  evidence: string,
  rest: Details = {},
): Answer {
  const { isFinal = false, ...details } = rest;
  return { type: 'answer', status, reason, evidence: evidence.slice(0, 200), details, isFinal };
}

export function noAnswer(
  cause: NoAnswerCause,
  reason: string,
  evidence: string,
  retryAfterMs?: number,
): NoAnswer {
  const base = { type: 'no-answer', cause, reason, evidence: evidence.slice(0, 200) } as const;
  return retryAfterMs === undefined ? base : { ...base, retryAfterMs };
}

/** Whether such a failure speaks of the whole host, not of one stream. */
export function isHostTrouble({ cause }: NoAnswer): boolean {
  return cause !== 'login' && cause !== 'odd-answer' && cause !== 'no-way';
}
