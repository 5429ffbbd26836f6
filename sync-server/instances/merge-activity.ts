import { SAMPLE_MS, type ActivitySample } from '../metrics/recent-activity.ts';

/** Instances do not sample at one moment: of one that goes on, so many stretches without a sample are as the one before. */
const GAP = 2;

type Stretches = Map<number, ActivitySample>;

/**
 * The activity of several instances as that of one.
 * @returns a sample for each stretch of ten seconds in which there was one, the oldest first, at the stretch's beginning
 */
export function mergeActivity(pasts: readonly (readonly ActivitySample[])[]): readonly ActivitySample[] {
  const merged: Stretches = new Map();
  const all = pasts.map(inStretches);
  const newest = Math.max(...all.flatMap((stretches) => [...stretches.keys()]));
  for (const stretches of all)
    for (const [stretch, sample] of fillGaps(stretches, newest))
      merged.set(stretch, sum(merged.get(stretch), sample));
  return [...merged.values()].toSorted((a, b) => a.atMs - b.atMs);
}

function inStretches(past: readonly ActivitySample[]): Stretches {
  const stretches: Stretches = new Map();
  for (const sample of past) {
    const stretch = Math.floor(sample.atMs / SAMPLE_MS);
    const before = stretches.get(stretch);
    const both = before === undefined ? sample : { ...sample, ...counts(before, sample) };
    stretches.set(stretch, { ...both, atMs: stretch * SAMPLE_MS });
  }
  return stretches;
}

function fillGaps(stretches: Stretches, newest: number): Stretches {
  const filled: Stretches = new Map();
  for (const [stretch, sample] of stretches) {
    filled.set(stretch, sample);
    const ahead = Array.from({ length: GAP + 1 }, (_, i) => stretch + i + 1);
    // Whether one ended or is only about to sample again, its last stretch does not say yet.
    const next = ahead.find((one) => stretches.has(one)) ?? Math.min(newest + 1, stretch + 2);
    for (let gap = stretch + 1; gap < next; gap += 1)
      filled.set(gap, { ...sample, ...NOTHING, atMs: gap * SAMPLE_MS });
  }
  return filled;
}

const NOTHING = { edits: 0, refusedEdits: 0, requests: 0, failedRequests: 0 };

const counts = (a: ActivitySample, b: ActivitySample) => ({
  edits: a.edits + b.edits,
  refusedEdits: a.refusedEdits + b.refusedEdits,
  requests: a.requests + b.requests,
  failedRequests: a.failedRequests + b.failedRequests,
});

function sum(a: ActivitySample | undefined, b: ActivitySample): ActivitySample {
  if (a === undefined) return b;
  return {
    atMs: a.atMs,
    connections: a.connections + b.connections,
    documents: a.documents + b.documents,
    memoryBytes: a.memoryBytes + b.memoryBytes,
    ...counts(a, b),
  };
}
