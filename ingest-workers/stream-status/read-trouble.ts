import type { Result } from '#shared/kernel/result.ts';
import type { FetchAnswer, FetchFailure } from '../safe-fetch/fetch-types.ts';
import { noAnswer, type NoAnswer, type NoAnswerCause } from './reading.ts';

/**
 * What an outcome says about the host rather than about a stream: undefined when it was an answer to be read (2xx, and
 * 404 or 410, which each platform means in its own way).
 */
export function readTrouble(outcome: Result<FetchAnswer, FetchFailure>, who: string): NoAnswer | undefined {
  if (!outcome.ok) return fetchTrouble(outcome.error, who);
  const { status, retryAfterMs, text } = outcome.value;
  const said = `HTTP ${status}`;
  if (status === 429) return noAnswer('rate-limited', `${who} asks us to slow down.`, said, retryAfterMs);
  if (status >= 500) return noAnswer('down', `${who} is in trouble (${status}).`, said, retryAfterMs);
  if (status === 401) return noAnswer('login', `${who} wants a login.`, said);
  if (status === 403 || status === 451)
    return noAnswer('blocked', `${who} turned us away (${status}).`, said, retryAfterMs);
  if ((status >= 200 && status < 300) || status === 404 || status === 410)
    return isChallenge(text)
      ? noAnswer('blocked', `${who} wants to know whether we are human.`, said)
      : undefined;
  return noAnswer('odd-answer', `${who} answered in a way we do not understand (${status}).`, said);
}

const causes: Partial<Record<FetchFailure['reason'], NoAnswerCause>> = {
  'too-big': 'odd-answer',
  'broken-answer': 'odd-answer',
  'too-many-hops': 'odd-answer',
  'host-not-allowed': 'odd-answer',
  'not-https': 'odd-answer',
  'private-address': 'no-way',
  'bad-address': 'no-way',
  credentials: 'no-way',
  port: 'no-way',
};

function fetchTrouble({ reason, message }: FetchFailure, who: string): NoAnswer {
  return noAnswer(causes[reason] ?? 'unreachable', `${who}: ${message}`, reason);
}

/** Pages of gatekeepers, by words that stand in nothing else; real pages are far longer than where these are looked for. */
const challenges =
  /_wafchallengeid|\/waf-aiso\/|cf-challenge|challenge-platform|cf_chl_opt|<title>Just a moment\.\.\.|captcha-verify|verify-bar-close|Please wait\.\.\./;

export function isChallenge(text: string): boolean {
  return text.length < 60_000 && challenges.test(text);
}
