import type { Platform } from '#shared/model/stream.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How often a stream is asked about, by what is known of it. Milliseconds. */
export type Intervals = Readonly<{
  live: number;
  /** It has been live for so long that it will hardly end in the next minutes: at most this. */
  longLive: number;
  /** It ended a moment ago: such streams come back. */
  justEnded: number;
  /** It was live within the last day and a half. */
  recent: number;
  /** And it began at about this time of day: most people begin again when they did. */
  expected: number;
  /** It was live within the last two weeks. */
  quiet: number;
  /** Longer ago, or never seen live. */
  dead: number;
  /** Nobody has an answer, or the account is gone, or the broadcast is over for good. */
  hopeless: number;
}>;

export type Policy = Readonly<{
  /** Where a request carries one stream, and where it carries many. */
  single: Intervals;
  batched: Intervals;
  /** How long a platform's own word may flap: a live stream is not called offline sooner. */
  flapMs: Readonly<Partial<Record<Platform, number>>>;
  defaultFlapMs: number;
  /** A live stream of which nothing was heard for so long is shown as unknown. */
  liveSilenceMs: number;
  /** Any other, after so long. */
  otherSilenceMs: number;
  justEndedForMs: number;
  recentForMs: number;
  quietForMs: number;
  /** How far from the time of day at which it began last it is expected again. */
  expectedWithinMs: number;
  /** Who began twice within this time is expected back within it. */
  comesAndGoesMs: number;
  /** What has been live for long ends rarely: the share of its age that may pass between two looks. */
  liveShareOfAge: number;
  /** How long a platform's own word holds against what it answers. */
  toldHoldsMs: number;
  /** How long a due stream may wait for others to fill a request. */
  gatherMs: number;
  /** And one of which nothing is known: somebody has just added it, and waits. */
  gatherNewMs: number;
  /** Times are spread by this share of the interval, both ways. */
  jitter: number;
}>;

export const defaultPolicy: Policy = {
  single: {
    live: 3.5 * MINUTE,
    longLive: 4 * MINUTE,
    justEnded: 4.5 * MINUTE,
    expected: 4.5 * MINUTE,
    recent: 25 * MINUTE,
    quiet: 80 * MINUTE,
    dead: 240 * MINUTE,
    hopeless: DAY,
  },
  batched: {
    live: MINUTE,
    longLive: 2 * MINUTE,
    justEnded: MINUTE,
    expected: MINUTE,
    recent: 2 * MINUTE,
    quiet: 4 * MINUTE,
    dead: 6 * MINUTE,
    hopeless: DAY,
  },
  // A starting Twitch stream can go on, off and on again within 75 s; the others have no such word of their own.
  flapMs: { twitch: 75_000 },
  defaultFlapMs: MINUTE,
  liveSilenceMs: 10 * MINUTE,
  otherSilenceMs: 6 * HOUR,
  justEndedForMs: 30 * MINUTE,
  recentForMs: 36 * HOUR,
  quietForMs: 14 * DAY,
  expectedWithinMs: 85 * MINUTE,
  comesAndGoesMs: 3 * HOUR,
  liveShareOfAge: 0.05,
  toldHoldsMs: 3 * MINUTE,
  gatherMs: 15_000,
  gatherNewMs: 2000,
  jitter: 0.1,
};

export const flapMsOf = (policy: Policy, platform: Platform): number =>
  policy.flapMs[platform] ?? policy.defaultFlapMs;
