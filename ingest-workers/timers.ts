/** How a worker waits; handed in, so that tests decide when time passes. */
export type Timers = {
  /** @returns how to call it off */
  readonly after: (ms: number, work: () => void) => () => void;
};

export const systemTimers: Timers = {
  after(ms, work) {
    const timer = setTimeout(work, ms);
    return () => clearTimeout(timer);
  },
};
