import { z } from 'zod';

/** What a worker tells of itself: to whoever supervises it, to metrics, and to the control room. */
export const WorkerState = z.object({
  platform: z.enum(['connecting', 'connected', 'reconnecting', 'ended']),
  /** Channels whose past is still being read. */
  behind: z.number(),
  /** How the line to the server is; `none` without one. */
  server: z.string(),
  /** A sentence, when something is wrong. */
  words: z.string().optional(),
  messagesRead: z.number(),
  linksFound: z.number(),
  outcomes: z.record(z.string(), z.number()),
  refusedByReason: z.record(z.string(), z.number()),
  answered: z.number(),
  lastLagMs: z.number(),
  /** Since the oldest message that is not done with was posted, in milliseconds; 0 when all are. */
  oldestWaitingMs: z.number(),
  copyFailures: z.number(),
  /** Messages on this disk that are not done with. */
  waiting: z.number(),
});
export type WorkerState = z.infer<typeof WorkerState>;

/** How a worker's process ends, as its exit code. */
export const EXIT = {
  stopped: 0,
  crashed: 1,
  /** What it was told cannot be read; starting it again changes nothing. */
  misconfigured: 2,
  /** Another process has its files. */
  inUse: 3,
  /** The platform or the server does not let it in; starting it again changes nothing. */
  turnedAway: 4,
} as const;
