/** Where a program reads the time, handed in so that rules can be tested at any moment. */
export type Clock = {
  /** Milliseconds since 1970-01-01 UTC, as the machine believes; never trusted across machines. */
  readonly nowMs: () => number;
};

export const systemClock: Clock = { nowMs: () => Date.now() };
