/** How far a list is behind what it is asked to show, and how long to leave it alone for that. */
export type Lag = {
  readonly asked: (nowMs: number) => void;
  readonly shown: (nowMs: number) => void;
  /** A list that is asked again before it is through begins anew, and would never be. */
  readonly pauseMs: (nowMs: number) => number;
};

const LONGEST_MS = 1000;

export function createLag(): Lag {
  let askedAtMs: number | null = null;
  let lastMs = 0;
  return {
    asked: (nowMs) => {
      askedAtMs ??= nowMs;
    },
    shown: (nowMs) => {
      if (askedAtMs === null) return;
      lastMs = nowMs - askedAtMs;
      askedAtMs = null;
    },
    pauseMs: (nowMs) => Math.min(LONGEST_MS, 2 * (askedAtMs === null ? lastMs : nowMs - askedAtMs)),
  };
}
