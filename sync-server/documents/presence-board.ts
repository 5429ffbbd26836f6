import type { ToldPresence } from './fan-out.ts';

/**
 * Who is where, on all instances, for an instance that opens a document. Every entry has a time to live, so that the people
 * of an instance that died do not stay. A board that is away answers as an empty one.
 */
export type PresenceBoard = {
  /** Keeps these for `PRESENCE_TTL_MS` from now; an entry whose state is `null` is taken off. Does not wait. */
  put(document: string, entries: readonly ToldPresence[]): void;
  list(document: string): Promise<readonly ToldPresence[]>;
};

/** Clients repeat themselves every 15 seconds. */
export const PRESENCE_TTL_MS = 45_000;
