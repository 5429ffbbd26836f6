export type Rate = { readonly perSecond: number; readonly burst: number };

/** Lets through `burst` at once and `perSecond` on the average. */
export class RateMeter {
  private left: number;
  private atMs: number;
  private readonly rate: Rate;

  constructor(rate: Rate, nowMs: number) {
    this.rate = rate;
    this.left = rate.burst;
    this.atMs = nowMs;
  }

  /** @returns whether that much may still be taken */
  take(amount: number, nowMs: number): boolean {
    const gained = (Math.max(0, nowMs - this.atMs) / 1_000) * this.rate.perSecond;
    this.left = Math.min(this.rate.burst, this.left + gained) - amount;
    this.atMs = nowMs;
    return this.left >= 0;
  }
}
