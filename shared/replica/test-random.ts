/** For tests: the same numbers from 0 to 1 for the same seed, everywhere (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** What this run's random tests start from; STREAMWALL_SEED repeats another run's. */
export const TEST_SEED = Number(process.env['STREAMWALL_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

/** Whether random tests run at their full counts. */
export const IS_LONG = process.env['STREAMWALL_LONG'] === '1';
