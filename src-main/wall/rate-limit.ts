/** Lets so many through a second, with some to spare for a moment of much. */
export type RateLimit = () => boolean;

export function createRateLimit(perSecond: number, burst: number, nowMs: () => number): RateLimit {
  let left = burst;
  let atMs = nowMs();
  return () => {
    const now = nowMs();
    left = Math.min(burst, left + (Math.max(0, now - atMs) * perSecond) / 1000);
    atMs = now;
    if (left < 1) return false;
    left -= 1;
    return true;
  };
}
