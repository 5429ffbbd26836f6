import type { HeldReason } from '../protocol/sync-messages.ts';
import { retryDelayMs, type SyncTimers } from './sync-surroundings.ts';

/** The times that a server did not take edits, one after the other: each wait is longer, until something is answered. */
export class SyncHolds {
  private current: HeldReason | undefined;
  private count = 0;
  private callOff = (): void => undefined;
  private readonly timers: SyncTimers;
  private readonly random: () => number;

  constructor(timers: SyncTimers, random: () => number) {
    this.timers = timers;
    this.random = random;
  }

  /** Why the server does not take edits now, if it does not. */
  reason(): HeldReason | undefined {
    return this.current;
  }

  /** @param goOn called when it is time to send again */
  begin(reason: HeldReason, goOn: () => void): void {
    this.callOff();
    this.current = reason;
    this.count += 1;
    this.callOff = this.timers.after(retryDelayMs(this.count, this.random()), goOn);
  }

  /** The server takes edits again. */
  answered(): void {
    this.current = undefined;
    this.count = 0;
  }

  /** The line has ended. */
  end(): void {
    this.callOff();
    this.current = undefined;
  }
}
