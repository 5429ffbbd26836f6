import type { Clock } from '#shared/kernel/clock.ts';
import type { ActorId } from '#shared/model/ids.ts';
import type { Quotas } from './quotas.ts';

/** Counts requests, and for how many in a minute there is room. */
export type RequestMeter = {
  /** Counts one. @returns after how many milliseconds there is room again; 0 when there is */
  readonly take: (actor: ActorId, perMinute?: number) => Promise<number>;
};

/** How many an instance may let through without asking again. */
type Share = { left: number; readonly endsAtMs: number };

const MINUTE_MS = 60_000;
/** So many shares make a minute's whole: what an instance was given and does not use is no more than this part of it. */
const SHARES = 100;
const MAX_ACTORS = 10_000;

/**
 * Counts by person or key over all instances, at once: an instance takes a share of what all may do together before it lets
 * anybody through, and another when that is used up. So nothing is done in excess, and few requests wait for an answer;
 * where fewer than two hundred are allowed, each of them does.
 * @param usual how many there is room for, unless the actor has a number of its own
 */
export function createRequestMeter(usual: number, quotas: Quotas, clock: Clock): RequestMeter {
  const shares = new Map<ActorId, Share>();
  const fullUntilMs = new Map<ActorId, number>();
  return {
    take: async (actor, perMinute = usual) => {
      const nowMs = clock.nowMs();
      const waitMs = (fullUntilMs.get(actor) ?? 0) - nowMs;
      if (waitMs > 0) return waitMs;
      const share = shares.get(actor);
      if (share !== undefined && share.left > 0 && share.endsAtMs > nowMs) {
        share.left -= 1;
        return 0;
      }
      const amount = Math.max(1, Math.floor(perMinute / SHARES));
      const quota = { limit: perMinute, windowMs: MINUTE_MS };
      const answer = await quotas.take(`requests:${actor}`, quota, amount);
      if (!answer.isWithin) {
        keep(fullUntilMs, actor, clock.nowMs() + answer.retryAfterMs);
        return answer.retryAfterMs;
      }
      const rest = shares.get(actor);
      const isUsable = rest !== undefined && rest.endsAtMs > nowMs;
      keep(shares, actor, {
        left: amount - 1 + (isUsable ? rest.left : 0),
        endsAtMs: isUsable ? rest.endsAtMs : nowMs + MINUTE_MS,
      });
      return 0;
    },
  };
}

/** Keeps what is known of so many actors; of one that is forgotten, it is asked again. */
function keep<Value>(known: Map<ActorId, Value>, actor: ActorId, value: Value): void {
  if (known.size >= MAX_ACTORS) known.clear();
  known.set(actor, value);
}
