import type { Clock } from '#shared/kernel/clock.ts';
import { neighbourhood } from '../accounts/caller.ts';
import type { Quota, Quotas } from '../accounts/quotas.ts';

/** Of callers whose token is nobody's; over HTTP and on sockets together. */
export const STRANGERS: Quota = { limit: 300, windowMs: 60_000 };
const MAX_REMEMBERED = 10_000;

/** Keeps out for a while whoever tries too many tokens, before anything is looked up for them. */
export class StrangerGate {
  private readonly closedUntil = new Map<string, number>();
  private readonly quotas: Quotas;
  private readonly clock: Clock;

  constructor(quotas: Quotas, clock: Clock) {
    this.quotas = quotas;
    this.clock = clock;
  }

  /** @returns for how long an address has to wait before it is looked at; 0 for not at all */
  waitMs(address: string): number {
    return Math.max(0, (this.closedUntil.get(neighbourhood(address)) ?? 0) - this.clock.nowMs());
  }

  /** A token from there was nobody's. */
  async note(address: string): Promise<void> {
    const name = neighbourhood(address);
    const answer = await this.quotas.take(`strangers:${name}`, STRANGERS);
    if (answer.isWithin) return;
    if (this.closedUntil.size >= MAX_REMEMBERED) this.closedUntil.clear();
    this.closedUntil.set(name, this.clock.nowMs() + answer.retryAfterMs);
  }
}
