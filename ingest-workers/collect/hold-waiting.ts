import type { CollectorParts } from './collector-parts.ts';

/**
 * Tells posters that their links are safe here while the server is silent: one after the other, the longest waiting first,
 * at the pace that the platform allows. However many wait, each gets the sign in the end, and no queue grows.
 */
export type Holder = {
  /** Something may be waiting now. */
  readonly kick: () => void;
  /** Whether a message may carry the sign. */
  readonly isHeld: (row: number) => boolean;
  /** Its answer is given; the sign would be wrong from now on. */
  readonly answered: (row: number) => void;
  readonly finished: (rows: readonly number[]) => void;
  readonly stop: () => void;
};

/** After so long without the server's word, posters are told; within twice that. */
const HOLD_AFTER_MS = 10_000;

export function createHolder(parts: CollectorParts): Holder {
  return new WaitingHolder(parts);
}

class WaitingHolder implements Holder {
  private readonly parts: CollectorParts;
  private readonly held = new Set<number>();
  private readonly told = new Set<number>();
  /** Whoever waits and is not after this one has been told. */
  private heldUpTo = 0;
  private isAsking = false;
  private isSilent = false;
  private isWalking = false;
  private isStopped = false;
  private stopLooking: (() => void) | undefined;

  constructor(parts: CollectorParts) {
    this.parts = parts;
  }

  kick(): void {
    if (this.stopLooking !== undefined || this.isStopped) return;
    if (this.parts.inbox.waitingAfter(0) !== undefined) this.listen();
  }

  isHeld(row: number): boolean {
    return this.held.has(row);
  }

  answered(row: number): void {
    this.told.add(row);
  }

  finished(rows: readonly number[]): void {
    for (const row of rows) {
      this.held.delete(row);
      this.told.delete(row);
    }
  }

  stop(): void {
    this.isStopped = true;
    this.stopLooking?.();
  }

  /** Whoever has come until now is told when there is still no word from the server at the next look. */
  private listen(): void {
    const { inbox, isReady, timers } = this.parts;
    const upTo = inbox.lastRow();
    this.ask();
    this.stopLooking = timers.after(HOLD_AFTER_MS, () => {
      this.stopLooking = undefined;
      this.isSilent = this.isAsking || !isReady();
      if (this.isSilent) void this.tellAll(upTo);
      this.kick();
    });
  }

  private ask(): void {
    if (this.isAsking) return;
    this.isAsking = true;
    void this.parts.saved.settled().then(() => {
      this.isAsking = false;
      this.isSilent = false;
    });
  }

  private async tellAll(upTo: number): Promise<void> {
    if (this.isWalking) return;
    this.isWalking = true;
    while (this.isSilent && !this.isStopped) {
      const next = this.parts.inbox.waitingAfter(this.heldUpTo);
      if (next === undefined || next.row > upTo) break;
      this.heldUpTo = next.row;
      if (this.told.has(next.row)) continue;
      this.held.add(next.row);
      await this.parts.platform.hold(next.message);
    }
    this.isWalking = false;
  }
}
