import type { Platform } from '#shared/model/stream.ts';
import type { Memory } from './belief.ts';
import { flapMsOf, type Intervals, type Policy } from './policy.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** So long before its time a scheduled broadcast is expected. */
const EARLY_MS = 16 * MINUTE;

/** What else counts for when a stream is asked about. */
export type DueFacts = Readonly<{
  platform: Platform;
  /** Its route carries many streams a request. */
  isBatched: boolean;
  /** 0 to 100: how dearly somebody wants to know; undefined for an ordinary stream. */
  priority?: number;
}>;

/**
 * How long to wait before this stream is asked about again, in milliseconds, before jitter. Live ones soonest, what ended
 * a moment ago nearly as often, what is dead rarely, what is over for good hardly ever.
 */
export function intervalOf(memory: Memory, facts: DueFacts, nowMs: number, policy: Policy): number {
  const intervals = facts.isBatched ? policy.batched : policy.single;
  if (memory.doubt !== undefined) return flapMsOf(policy, facts.platform);
  if (memory.silences > 0) return silentInterval(memory, intervals, nowMs, policy);
  const { status } = memory.belief;
  if (status === 'live') return liveInterval(memory, intervals, nowMs, policy);
  if (status === 'gone' || (status === 'offline' && memory.isFinal)) return intervals.hopeless;
  if (status === 'upcoming') return upcomingInterval(memory.details.startsAt, intervals, nowMs);
  const usual = idleInterval(memory, intervals, nowMs, policy);
  return facts.priority === undefined ? usual : Math.min(usual, priorityInterval(facts.priority));
}

function idleInterval(memory: Memory, intervals: Intervals, nowMs: number, policy: Policy): number {
  const idleMs = nowMs - (memory.lastLiveAt ?? 0);
  if (idleMs < policy.justEndedForMs) return intervals.justEnded;
  if (idleMs < policy.recentForMs)
    return isExpected(memory, nowMs, policy) ? intervals.expected : intervals.recent;
  // Somebody added it lately, so somebody expects it.
  const ageMs = memory.addedAt === undefined ? Infinity : nowMs - memory.addedAt;
  if (ageMs < policy.comesAndGoesMs) return intervals.expected;
  if (ageMs < policy.recentForMs) return intervals.recent;
  return idleMs < policy.quietForMs ? intervals.quiet : intervals.dead;
}

function liveInterval(
  { lastStartedAt }: Memory,
  intervals: Intervals,
  nowMs: number,
  policy: Policy,
): number {
  const ageMs = nowMs - (lastStartedAt ?? nowMs);
  return Math.min(Math.max(ageMs * policy.liveShareOfAge, intervals.live), intervals.longLive);
}

/** Whether it began at about this time of day, or comes and goes these hours. */
function isExpected(
  { lastStartedAt, earlierStartedAt, lastLiveAt }: Memory,
  nowMs: number,
  policy: Policy,
): boolean {
  if (lastStartedAt === undefined) return false;
  const apartMs = Math.abs(nowMs - lastStartedAt) % (24 * HOUR);
  if (Math.min(apartMs, 24 * HOUR - apartMs) < policy.expectedWithinMs) return true;
  const comesAndGoes =
    earlierStartedAt !== undefined && lastStartedAt - earlierStartedAt < policy.comesAndGoesMs;
  return comesAndGoes && nowMs - (lastLiveAt ?? 0) < policy.comesAndGoesMs;
}

/** People begin up to a quarter of an hour before they said. A time that has passed counts as late for a day, not as wrong. */
function upcomingInterval(startsAt: number | undefined, intervals: Intervals, nowMs: number): number {
  if (startsAt === undefined || nowMs - startsAt > 24 * HOUR) return intervals.quiet;
  const leftMs = startsAt - EARLY_MS - nowMs;
  return leftMs <= 0 ? intervals.expected : Math.min(Math.max(leftMs, intervals.expected), intervals.quiet);
}

/** Whoever does not answer is asked less and less; what was live lately not much less, for it may be live still. */
function silentInterval(memory: Memory, intervals: Intervals, nowMs: number, policy: Policy): number {
  const { silences, silentCause, lastLiveAt } = memory;
  if (silentCause === 'login' || silentCause === 'no-way') return intervals.hopeless / 2;
  const wasLive = lastLiveAt !== undefined && nowMs - lastLiveAt < policy.comesAndGoesMs;
  const most = wasLive ? 5 * MINUTE : 2 * HOUR;
  return Math.min(intervals.live * 2 ** Math.min(silences - 1, 10), most);
}

/** From an hour and a half at 0 to a minute at 100, halving every fifteen. */
function priorityInterval(priority: number): number {
  return Math.max(MINUTE, 90 * MINUTE * 2 ** (-Math.min(Math.max(priority, 0), 100) / 15));
}

/** `random` in [0, 1): spreads what began together. */
export const withJitter = (intervalMs: number, random: number, policy: Policy): number =>
  Math.round(intervalMs * (1 - policy.jitter + 2 * policy.jitter * random));
