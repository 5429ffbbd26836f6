import { createHmac } from 'node:crypto';

/** Somewhere that wants to be told what changes in the catalogue. */
export type Webhook = {
  readonly id: string;
  readonly url: string;
  readonly secret: string;
  /** Roots of the catalogue. */
  readonly kinds: readonly string[];
  readonly createdBy: string;
  readonly createdAtMs: number;
  /** Changes up to this number of the catalogue were taken there. */
  readonly told: number;
  /** The same of what shows beside the catalogue: what time alone does to streams. */
  readonly besideTold: number;
  /** How often in a row it was tried in vain. */
  readonly tries: number;
  readonly nextAtMs: number;
  readonly failingSinceMs: number | undefined;
  /** What came of the last attempt, in words. */
  readonly lastStatus: string | undefined;
  readonly lastAtMs: number | undefined;
  readonly disabledAtMs: number | undefined;
};

/** How far a webhook was told. */
export type Told = Pick<Webhook, 'told' | 'besideTold'>;

export type Attempt = { readonly isTaken: boolean; readonly words: string };

const FIRST_WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 60 * 60_000;
/** After so long in vain nobody is expected to come back. */
const GIVE_UP_MS = 3 * 86_400_000;

/** What a webhook is after an attempt. @param told how far the attempt would bring it */
export function afterAttempt(hook: Webhook, attempt: Attempt, told: Told, nowMs: number): Webhook {
  const said = { ...hook, lastStatus: attempt.words.slice(0, 300), lastAtMs: nowMs };
  if (attempt.isTaken) return { ...said, ...told, tries: 0, nextAtMs: nowMs, failingSinceMs: undefined };
  const since = hook.failingSinceMs ?? nowMs;
  const waitMs = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(hook.tries, 20));
  return {
    ...said,
    tries: hook.tries + 1,
    nextAtMs: nowMs + waitMs,
    failingSinceMs: since,
    disabledAtMs: nowMs - since >= GIVE_UP_MS ? nowMs : undefined,
  };
}

/**
 * `t=SECONDS,v1=HEX`: an HMAC-SHA256 under the webhook's secret of the seconds since 1970, a dot and the body. Whoever
 * checks it also checks that the time is near.
 */
export function signatureOf(secret: string, body: string, nowMs: number): string {
  const seconds = Math.floor(nowMs / 1_000);
  const digest = createHmac('sha256', secret)
    .update(`${String(seconds)}.${body}`)
    .digest('hex');
  return `t=${String(seconds)},v1=${digest}`;
}
