import type { Clock } from './clock.ts';

/**
 * A stamp orders edits that were made apart: a hybrid logical clock as text, compared with `<`.
 * 8 characters of base 36 milliseconds since 1970, 2 of a counter, 8 of the replica that made it; so each is unique.
 * Stamps come from other people's machines: whoever reads one from a document asks `readStamp`, never trusts it.
 */
declare const stampBrand: unique symbol;
export type Stamp = string & { readonly [stampBrand]: true };

/** What an unreadable stamp counts as: older than anything. */
export const OLDEST_STAMP = '0'.repeat(18) as Stamp;

/** How far ahead of this machine's clock others may pull it. */
export const MAX_DRIFT_MS = 5 * 60_000;

const COUNTERS_PER_MS = 36 * 36;
const SHAPE = /^[0-9a-z]{18}$/;
const REPLICA = /^[0-9a-z]{8}$/;
/** Later stamps are absurd, so nobody can put one at the end of time that no edit could ever follow. */
const LAST_MS = Date.UTC(2050, 0, 1);
const END = (LAST_MS + 1).toString(36);

export function isStamp(value: unknown): value is Stamp {
  return typeof value === 'string' && value.length === 18 && value < END && SHAPE.test(value);
}

/** A stamp from a document: what is malformed or absurd counts as the oldest. */
export function readStamp(value: unknown): Stamp {
  return isStamp(value) ? value : OLDEST_STAMP;
}

/** When the stamp says that it was made, in ms since 1970 UTC. Recorded, not to be trusted. */
export function stampMs(stamp: Stamp): number {
  return Number.parseInt(stamp.slice(0, 8), 36);
}

/** The replica that made the stamp. Recorded, not to be trusted. */
export function stampReplica(stamp: Stamp): string {
  return stamp.slice(10);
}

export type StampClock = {
  /**
   * A new stamp, later than all before from this clock and later than `after`, the stamp of the value that is replaced,
   * however far ahead that is. (An `after` at the end of time, which only a forger makes, is not exceeded.)
   */
  readonly next: (after?: Stamp) => Stamp;
  /** Takes note of a stamp that was received. Pulls this clock at most MAX_DRIFT_MS ahead of the machine's. */
  readonly observe: (stamp: Stamp) => void;
};

type Tick = { readonly ms: number; readonly counter: number };

/** `replica` is 8 characters of `[0-9a-z]` that no other replica has; throws on any other. */
export function createStampClock(clock: Clock, replica: string): StampClock {
  if (!REPLICA.test(replica)) throw new Error(`not a replica id: ${replica}`);
  let last: Tick = { ms: 0, counter: 0 };
  /** The last stamp that had to follow one beyond the drift; kept apart so that it does not pull the clock along. */
  let far: Tick = { ms: 0, counter: 0 };

  const physicalMs = () => {
    const now = Math.floor(clock.nowMs());
    return now >= 0 && now < LAST_MS ? now : Math.max(0, last.ms);
  };
  const tick = (): Tick => {
    const now = physicalMs();
    last = now > last.ms ? { ms: now, counter: 0 } : successor(last);
    if (last.ms === far.ms && last.counter <= far.counter) last = successor(far);
    return last;
  };
  const follow = (after: Tick): Tick => {
    if (after.ms <= physicalMs() + MAX_DRIFT_MS) return (last = successor(after));
    return (far = successor(isBefore(after, far) ? far : after));
  };

  return {
    next(after) {
      const stamp = write(tick(), replica);
      if (after === undefined || stamp > after || !isStamp(after)) return stamp;
      const followed = write(follow(readTick(after)), replica);
      return isStamp(followed) ? followed : stamp;
    },
    observe(stamp) {
      if (!isStamp(stamp)) return;
      const seen = readTick(stamp);
      if (isBefore(last, seen) && seen.ms <= physicalMs() + MAX_DRIFT_MS) last = seen;
    },
  };
}

function successor({ ms, counter }: Tick): Tick {
  return counter + 1 < COUNTERS_PER_MS ? { ms, counter: counter + 1 } : { ms: ms + 1, counter: 0 };
}

function isBefore(a: Tick, b: Tick): boolean {
  return a.ms < b.ms || (a.ms === b.ms && a.counter < b.counter);
}

function write({ ms, counter }: Tick, replica: string): Stamp {
  return (ms.toString(36).padStart(8, '0') + counter.toString(36).padStart(2, '0') + replica) as Stamp;
}

function readTick(stamp: Stamp): Tick {
  return { ms: stampMs(stamp), counter: Number.parseInt(stamp.slice(8, 10), 36) };
}
