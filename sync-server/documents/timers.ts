/** How the server waits; handed in, so that tests decide when time passes. */
export type Timers = {
  /** Calls back once everything that has already arrived is read. */
  afterThisTurn(work: () => void): void;
  /** @returns how to call it off */
  after(delayMs: number, work: () => void): () => void;
};

export const systemTimers: Timers = {
  afterThisTurn: (work) => {
    setImmediate(work);
  },
  after: (delayMs, work) => {
    const timer = setTimeout(work, delayMs);
    return () => clearTimeout(timer);
  },
};
