/** How long each part may take, in milliseconds; together they stay below what is promised for the whole run. */
export type Limits = {
  readonly preparationMs: number;
  readonly unitMs: number;
  readonly endToEndMs: number;
  /** The whole run, whatever the parts took. */
  readonly totalMs: number;
};

const MINUTE_MS = 60_000;

/** `npm test` never takes more than 25 minutes; the long proofs have the time they need. */
export function limitsFor(long: boolean): Limits {
  return long
    ? {
        preparationMs: 20 * MINUTE_MS,
        unitMs: 180 * MINUTE_MS,
        endToEndMs: 180 * MINUTE_MS,
        totalMs: 380 * MINUTE_MS,
      }
    : {
        preparationMs: 12 * MINUTE_MS,
        unitMs: 14 * MINUTE_MS,
        endToEndMs: 14 * MINUTE_MS,
        totalMs: 24 * MINUTE_MS,
      };
}

/** What is left for a part: its own limit, or what remains of the whole, and never less than a second. */
export function timeLeftMs(limitMs: number, limits: Limits, spentMs: number): number {
  return Math.max(1_000, Math.min(limitMs, limits.totalMs - spentMs));
}
