/** Of samples in any order, in their own unit. Without samples all are NaN. */
export type Spread = { readonly median: number; readonly p95: number; readonly p99: number };

export function spreadOf(samples: Iterable<number>): Spread {
  const sorted = Float64Array.from(samples).sort();
  return { median: atPart(sorted, 0.5), p95: atPart(sorted, 0.95), p99: atPart(sorted, 0.99) };
}

export const median = (samples: Iterable<number>): number => spreadOf(samples).median;

/** The value that `part` of all samples do not exceed, between two neighbours where it falls between them. */
function atPart(sorted: Float64Array, part: number): number {
  const place = (sorted.length - 1) * part;
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  return below + (above - below) * (place - Math.floor(place));
}
