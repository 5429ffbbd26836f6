/**
 * Makes streams about equally loud. Loudness is measured over a moment at a time (the mean square of the samples, in
 * decibels below full scale); the gain follows what was heard over some seconds: down fast, up slowly, and not at all in
 * silence, so that a pause is not turned into noise.
 */
export type LevelledSound = {
  /** Over the last seconds; null until anything was heard. */
  readonly loudnessDb: number | null;
  readonly gainDb: number;
};

export const NOT_LEVELLED: LevelledSound = { loudnessDb: null, gainDb: 0 };

/** Speech on well-made broadcasts lies about here. */
const TARGET_DB = -23;
/** Quieter than this is silence. */
const SILENCE_DB = -55;
const MOST_UP_DB = 9;
const MOST_DOWN_DB = 18;
/** What was heard this long ago counts for a third. */
const MEMORY_MS = 3_000;
/** One that suddenly is louder is not left so for long. */
const QUICK_MEMORY_MS = 500;
const DOWN_DB_PER_S = 20;
const UP_DB_PER_S = 3;

/**
 * @param meanSquare of the samples of the last moment, from 0 to 1
 * @param sinceMs how long that moment was
 */
export function levelSound(before: LevelledSound, meanSquare: number, sinceMs: number): LevelledSound {
  const momentDb = 10 * Math.log10(Math.max(1e-12, meanSquare));
  // Not a number, where a decoder gave none.
  if (!(momentDb > SILENCE_DB)) return before;
  const loudnessDb = followed(before.loudnessDb, momentDb, sinceMs);
  const wantedDb = Math.min(MOST_UP_DB, Math.max(-MOST_DOWN_DB, TARGET_DB - loudnessDb));
  const mostUp = (UP_DB_PER_S * sinceMs) / 1000;
  const mostDown = (DOWN_DB_PER_S * sinceMs) / 1000;
  const step = Math.min(mostUp, Math.max(-mostDown, wantedDb - before.gainDb));
  return { loudnessDb, gainDb: before.gainDb + step };
}

/** As a factor for samples. */
export const gainFactor = ({ gainDb }: LevelledSound): number => 10 ** (gainDb / 20);

function followed(beforeDb: number | null, momentDb: number, sinceMs: number): number {
  if (beforeDb === null) return momentDb;
  const memoryMs = momentDb > beforeDb + 6 ? QUICK_MEMORY_MS : MEMORY_MS;
  return momentDb + (beforeDb - momentDb) * Math.exp(-sinceMs / memoryMs);
}
