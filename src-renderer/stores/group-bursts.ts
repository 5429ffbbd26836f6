/** What `groupBursts` needs of its surroundings. `later` runs a function after about that many ms. */
export type BurstTiming = {
  readonly nowMs: () => number;
  readonly later: (run: () => void, afterMs: number) => void;
};

/** The page's own time. */
export const pageTiming: BurstTiming = {
  nowMs: () => performance.now(),
  later: (run, afterMs) => void setTimeout(run, afterMs),
};

/**
 * Hands the first item on at once and those that follow it closely together, at most one handful per `frameMs`: a single
 * change is on the screen in the same frame, and a hundred a second cost no more than the frames that show them.
 * A timer, not an animation frame, ends a handful: a hidden window draws no frames and must not pile up events.
 * @param frameMs as a function: asked anew for each handful
 */
export function groupBursts<T>(
  handOn: (items: readonly T[]) => void,
  timing: BurstTiming,
  frameMs: number | (() => number) = 16,
): (item: T) => void {
  let waiting: T[] = [];
  let lastMs = Number.NEGATIVE_INFINITY;
  const flush = () => {
    const items = waiting;
    waiting = [];
    lastMs = timing.nowMs();
    handOn(items);
  };
  return (item) => {
    waiting.push(item);
    if (waiting.length > 1) return;
    const passedMs = timing.nowMs() - lastMs;
    const pauseMs = typeof frameMs === 'number' ? frameMs : frameMs();
    if (passedMs >= pauseMs) flush();
    else timing.later(flush, pauseMs - passedMs);
  };
}
