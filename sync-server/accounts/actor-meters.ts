import type { Clock } from '#shared/kernel/clock.ts';
import type { ActorId } from '#shared/model/ids.ts';
import type { Quotas } from './quotas.ts';

/** What is counted, and for how many in a minute there is room. */
export type Meter = {
  /** Counts at once, without asking anybody. @returns after how long there is room again; 0 when there is */
  readonly count: (actor: ActorId, perMinute?: number) => number;
  /** Tells the other instances what was counted here, and learns what was counted there. To be called every second. */
  readonly share: () => Promise<void>;
};

type Tally = { perMinute: number; here: number; untold: number; endsAtMs: number; fullUntilMs: number };

const MINUTE_MS = 60_000;

/**
 * Counts by person or key over all instances, a second behind: what one may do in excess is what fits into that second.
 * @param name of what is counted
 * @param usual how many there is room for, unless the actor has a number of its own
 */
export function createMeter(name: string, usual: number, quotas: Quotas, clock: Clock): Meter {
  const tallies = new Map<ActorId, Tally>();
  const tallyOf = (actor: ActorId, perMinute: number, nowMs: number): Tally => {
    const known = tallies.get(actor);
    if (known !== undefined && known.endsAtMs > nowMs) return known;
    const fresh = { here: 0, endsAtMs: nowMs + MINUTE_MS, perMinute };
    const tally = { ...fresh, untold: known?.untold ?? 0, fullUntilMs: known?.fullUntilMs ?? 0 };
    tallies.set(actor, tally);
    return tally;
  };
  const tell = async (actor: ActorId, tally: Tally): Promise<void> => {
    const { untold, perMinute } = tally;
    tally.untold = 0;
    const quota = { limit: perMinute, windowMs: MINUTE_MS };
    const answer = await quotas.take(`${name}:${actor}`, quota, untold);
    tally.fullUntilMs = answer.isWithin ? 0 : clock.nowMs() + answer.retryAfterMs;
  };
  return {
    count: (actor, perMinute = usual) => {
      const nowMs = clock.nowMs();
      const tally = tallyOf(actor, perMinute, nowMs);
      tally.perMinute = perMinute;
      tally.here += 1;
      tally.untold += 1;
      const waitMs = tally.here > perMinute ? tally.endsAtMs - nowMs : 0;
      return Math.max(0, waitMs, tally.fullUntilMs - nowMs);
    },
    share: async () => {
      const nowMs = clock.nowMs();
      await Promise.all(
        [...tallies].map(async ([actor, tally]) => {
          if (tally.untold > 0) await tell(actor, tally);
          else if (tally.endsAtMs <= nowMs) tallies.delete(actor);
        }),
      );
    },
  };
}
