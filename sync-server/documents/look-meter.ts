import type { ActorId } from '#shared/model/ids.ts';

/** How often the log is looked into for the edits of one actor: so often at once, and again every so long. */
const LOOKS_AT_ONCE = 5;
const LOOK_AGAIN_MS = 250;
/** Of so many actors it is remembered when they were last looked for. */
const MAX_ACTORS = 1_000;

/**
 * How often a room's log is looked into for what edits build on: whoever invents that would have it done for each of them,
 * over as many connections as they may have.
 */
export class LookMeter {
  private readonly nextMs = new Map<ActorId, number>();

  /** Whether it may be done once more for this actor, which is then counted. */
  mayLook(actor: ActorId, nowMs: number): boolean {
    // A clock that was put back keeps nobody waiting.
    const next = Math.min(this.nextMs.get(actor) ?? -Infinity, nowMs + LOOK_AGAIN_MS);
    const counted = Math.max(next, nowMs - (LOOKS_AT_ONCE - 1) * LOOK_AGAIN_MS);
    if (counted > nowMs) return false;
    this.nextMs.delete(actor);
    this.nextMs.set(actor, counted + LOOK_AGAIN_MS);
    const oldest = this.nextMs.keys().next();
    if (this.nextMs.size > MAX_ACTORS && oldest.done === false) this.nextMs.delete(oldest.value);
    return true;
  }
}
