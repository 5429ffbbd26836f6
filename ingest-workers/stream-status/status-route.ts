import type { Clock } from '#shared/kernel/clock.ts';
import type { StreamId } from '#shared/model/ids.ts';
import type { Platform } from '#shared/model/stream.ts';
import type { StreamUrl } from '#shared/model/stream-url.ts';
import type { SafeFetch } from '../safe-fetch/fetch-types.ts';
import type { Reading } from './reading.ts';

/** A stream as a checker knows it. */
export type Subject = Readonly<{ id: StreamId; platform: Platform; url: StreamUrl }>;

export type Readings = ReadonlyMap<StreamId, Reading>;

/**
 * One way to learn whether streams are live: a platform's interface with a key, or its pages without one. A platform may
 * have several; the first that can read a stream and whose host is not in trouble is taken.
 */
export type StatusRoute = Readonly<{
  /** For the operator: `Twitch (Helix)`. */
  name: string;
  /** Whom it asks: limits and trouble are counted by this. */
  hostOf: (subject: Subject) => string;
  canRead: (subject: Subject) => boolean;
  /** How many streams one request asks for. */
  batchSize: number;
  /** Requests at once to one host, and the least time between the beginnings of two. */
  concurrency: number;
  spacingMs: number;
  /**
   * Reads at most `batchSize` streams of one host. Every one of them is in the answer. Never rejects but for a bug.
   */
  read: (subjects: readonly Subject[]) => Promise<Readings>;
}>;

export type RouteTools = Readonly<{ fetch: SafeFetch; clock: Clock }>;

export const sameForAll = (subjects: readonly Subject[], reading: Reading): Readings =>
  new Map(subjects.map(({ id }) => [id, reading]));

/** A route that asks for one stream at a time. */
export async function readOne(
  subjects: readonly Subject[],
  read: (subject: Subject) => Promise<Reading>,
): Promise<Readings> {
  const readings = new Map<StreamId, Reading>();
  for (const subject of subjects) readings.set(subject.id, await read(subject));
  return readings;
}
