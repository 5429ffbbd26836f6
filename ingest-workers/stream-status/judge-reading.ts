import type { Platform } from '#shared/model/stream.ts';
import type { Belief, Doubt, Memory } from './belief.ts';
import { flapMsOf, type Policy } from './policy.ts';
import type { Answer, NoAnswer, Reading } from './reading.ts';

/**
 *              live                     two reads that agree, flap time apart
 *   offline ─────────▶ live ──▶ maybe ended ─────────────────────────────────▶ offline
 *      ▲                ▲           │ live
 *      │                └───────────┘
 *      │ any answer                             no answer for long
 *   unknown ◀───────────────────────────────── any
 *
 * “Gone” takes two reads as well, whatever was believed before.
 */
export function judgeReading(
  memory: Memory,
  reading: Reading,
  platform: Platform,
  nowMs: number,
  policy: Policy,
): Memory {
  if (reading.type === 'answer' && isBehind(memory, reading, nowMs, policy))
    return { ...memory, askedAt: nowMs, answeredAt: nowMs, silences: 0 };
  return reading.type === 'answer'
    ? judgeAnswer(memory, reading, flapMsOf(policy, platform), nowMs)
    : judgeSilence(memory, reading, nowMs, policy);
}

/** What a platform said by itself counts as a read; for a while it holds against what asking brings. */
export function judgeTold(
  memory: Memory,
  said: Answer,
  platform: Platform,
  nowMs: number,
  policy: Policy,
): Memory {
  const heard = judgeAnswer(memory, said, flapMsOf(policy, platform), nowMs);
  return { ...heard, told: { isLive: said.status === 'live', atMs: nowMs } };
}

/** Lists are written a minute or two after the event: an answer that contradicts it is old. */
const isBehind = ({ told }: Memory, { status }: Answer, nowMs: number, { toldHoldsMs }: Policy): boolean =>
  told !== undefined && nowMs - told.atMs < toldHoldsMs && (status === 'live') !== told.isLive;

function judgeAnswer(memory: Memory, reading: Answer, flapMs: number, nowMs: number): Memory {
  const { doubt: _doubt, silentSince: _since, silentCause: _cause, ...rest } = memory;
  const heard: Memory = {
    ...rest,
    askedAt: nowMs,
    answeredAt: nowMs,
    silences: 0,
    details: reading.details,
    isFinal: reading.isFinal,
  };
  if (reading.status === 'live')
    return {
      ...heard,
      ...startsOf(memory, reading, nowMs),
      belief: believe(memory.belief, reading),
      lastLiveAt: nowMs,
    };
  const needsTwo = memory.belief.status === 'live' || isNewlyGone(memory.belief, reading);
  if (!needsTwo) return { ...heard, belief: believe(memory.belief, reading) };
  const doubt: Doubt = {
    status: reading.status,
    sinceMs: memory.doubt?.sinceMs ?? nowMs,
    reads: (memory.doubt?.reads ?? 0) + 1,
  };
  if (doubt.reads >= 2 && nowMs - doubt.sinceMs >= flapMs && agrees(memory, reading))
    return { ...heard, belief: believe(memory.belief, reading) };
  return { ...heard, doubt, belief: hesitate(memory.belief, reading) };
}

/** When this broadcast began and the one before it, as far as one knows. */
function startsOf(
  memory: Memory,
  { details }: Answer,
  nowMs: number,
): Pick<Memory, 'lastStartedAt' | 'earlierStartedAt'> {
  const { lastStartedAt, belief } = memory;
  const isBeginning = belief.status !== 'live' || lastStartedAt === undefined;
  if (!isBeginning) return {};
  return {
    lastStartedAt: details.startedAt ?? nowMs,
    ...(lastStartedAt === undefined ? {} : { earlierStartedAt: lastStartedAt }),
  };
}

const isNewlyGone = (belief: Belief, reading: Answer) =>
  reading.status === 'gone' && belief.status !== 'gone';

/** Two reads agree on “not live” in any way; on “gone” only if both say so. */
const agrees = (memory: Memory, reading: Answer) =>
  reading.status !== 'gone' || memory.doubt?.status === 'gone';

/** The status is what was read. What was believed before keeps its words while it is the same. */
function believe(before: Belief, { status, reason }: Answer): Belief {
  if (before.status === status && !before.isMaybeEnded && before.cause === undefined) return before;
  return { status, reason, isMaybeEnded: false };
}

function hesitate(before: Belief, { reason }: Answer): Belief {
  if (before.status === 'live')
    return before.isMaybeEnded ? before : { ...before, reason, isMaybeEnded: true };
  return before.status === 'unknown' ? { status: 'unknown', reason, isMaybeEnded: false } : before;
}

function judgeSilence(memory: Memory, { cause, reason }: NoAnswer, nowMs: number, policy: Policy): Memory {
  const silent: Memory = {
    ...memory,
    askedAt: nowMs,
    silences: memory.silences + 1,
    silentSince: memory.silentSince ?? nowMs,
    silentCause: cause,
  };
  const { belief } = memory;
  const limitMs = belief.status === 'live' ? policy.liveSilenceMs : policy.otherSilenceMs;
  const lastWord = memory.answeredAt ?? memory.silentSince ?? nowMs;
  const isLost = belief.status === 'unknown' || nowMs - lastWord >= limitMs;
  if (!isLost || (belief.status === 'unknown' && belief.cause === cause)) return silent;
  const { doubt: _doubt, ...undoubted } = silent;
  return { ...undoubted, belief: { status: 'unknown', reason, cause, isMaybeEnded: false } };
}
