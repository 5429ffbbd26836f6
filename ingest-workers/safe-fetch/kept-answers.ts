import type { Result } from '#shared/kernel/result.ts';
import type { FetchAnswer, FetchFailure } from './fetch-types.ts';

type Outcome = Result<FetchAnswer, FetchFailure>;
type Kept = { readonly outcome: Outcome; readonly atMs: number; readonly size: number };

/** Answers of the recent past by what was asked, bounded in number and size; the longest unused go first. */
export type KeptAnswers = {
  readonly find: (key: string, maxAgeMs: number, nowMs: number) => Outcome | undefined;
  readonly keep: (key: string, outcome: Outcome, nowMs: number) => void;
};

/** A failure is believed for less long than an answer. */
const MAX_FAILURE_AGE_MS = 60_000;

export function createKeptAnswers(maxAnswers: number, maxCharacters: number): KeptAnswers {
  const kept = new Map<string, Kept>();
  let characters = 0;
  const drop = (key: string) => {
    characters -= kept.get(key)?.size ?? 0;
    kept.delete(key);
  };
  return {
    find(key, maxAgeMs, nowMs) {
      const entry = kept.get(key);
      if (entry === undefined) return undefined;
      const limitMs = entry.outcome.ok ? maxAgeMs : Math.min(maxAgeMs, MAX_FAILURE_AGE_MS);
      if (nowMs - entry.atMs >= limitMs) return undefined;
      kept.delete(key);
      kept.set(key, entry);
      return entry.outcome;
    },
    keep(key, outcome, nowMs) {
      const size = key.length + (outcome.ok ? outcome.value.text.length : 0);
      if (size > maxCharacters) return;
      drop(key);
      kept.set(key, { outcome, atMs: nowMs, size });
      characters += size;
      for (const oldest of kept.keys()) {
        if (kept.size <= maxAnswers && characters <= maxCharacters) break;
        drop(oldest);
      }
    },
  };
}
