/** Requests of the last minute, kept under a number. */
export type RequestQuota = {
  /** Notes a request, if there is room for it now. */
  readonly take: (nowMs: number) => boolean;
};

const MINUTE_MS = 60_000;

export function createRequestQuota(perMinute: number): RequestQuota {
  let taken: number[] = [];
  return {
    take(nowMs) {
      taken = taken.filter((at) => nowMs - at < MINUTE_MS);
      if (taken.length >= perMinute) return false;
      taken.push(nowMs);
      return true;
    },
  };
}
