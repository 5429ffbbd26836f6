/** Tells listeners the time, in steps that all of them share. */
export type Ticker = {
  /** Calls back about every `stepMs`; returns what stops it. There is one timer per step, and none without listeners. */
  readonly subscribe: (stepMs: number, listener: () => void) => () => void;
  /** The time now, in ms since 1970, rounded down to the step so that it is the same for all within it. */
  readonly nowMs: (stepMs: number) => number;
};

export function createTicker(): Ticker {
  const steps = new Map<number, { readonly listeners: Set<() => void>; readonly timer: number }>();
  return {
    nowMs: (stepMs) => Math.floor(Date.now() / stepMs) * stepMs,
    subscribe: (stepMs, listener) => {
      let step = steps.get(stepMs);
      if (step === undefined) {
        const listeners = new Set<() => void>();
        const timer = window.setInterval(() => listeners.forEach((tell) => tell()), stepMs);
        steps.set(stepMs, (step = { listeners, timer }));
      }
      const { listeners, timer } = step;
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        window.clearInterval(timer);
        steps.delete(stepMs);
      };
    },
  };
}
