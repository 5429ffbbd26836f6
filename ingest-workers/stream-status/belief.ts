import type { StreamStatus } from '#shared/model/stream.ts';
import type { BroadcastDetails, NoAnswerCause } from './reading.ts';

/** What a checker holds to be true of a stream, and shows. */
export type Belief = Readonly<{
  status: StreamStatus;
  /** A sentence for the operator. It stays while the status does, so that nothing that only ticks is written. */
  reason: string;
  /** Still shown as live, though the last read said otherwise. */
  isMaybeEnded: boolean;
  /** Why it is unknown, if somebody gave no answer. */
  cause?: NoAnswerCause;
}>;

/** Reads that speak against what is believed, until enough of them agree. */
export type Doubt = Readonly<{ status: 'offline' | 'gone' | 'upcoming'; sinceMs: number; reads: number }>;

/** All that a checker remembers of a stream. Times in ms since 1970 UTC. */
export type Memory = Readonly<{
  belief: Belief;
  doubt?: Doubt;
  details: BroadcastDetails;
  /** The last time that somebody was asked, and the last time that an answer came. */
  askedAt?: number;
  answeredAt?: number;
  /** Since when nobody has answered, and how often in a row. */
  silentSince?: number;
  silentCause?: NoAnswerCause;
  silences: number;
  lastLiveAt?: number;
  /** When its last broadcast began. */
  lastStartedAt?: number;
  /** And the one before that. */
  earlierStartedAt?: number;
  addedAt?: number;
  /** It will not be live again. */
  isFinal: boolean;
  /** What the platform said last by itself, and when. Asked, it may not know yet what it has said. */
  told?: Readonly<{ isLive: boolean; atMs: number }>;
}>;

export const unknownYet: Belief = { status: 'unknown', reason: 'Not checked yet.', isMaybeEnded: false };
