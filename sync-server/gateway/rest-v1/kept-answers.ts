import type { Prepared } from './send-answer.ts';

/** Answers that are the same as long as nothing changed. */
export type KeptAnswers = {
  /** @param make what to answer when nothing is kept for this question at the version that is current now */
  readonly answer: (question: string, make: () => Promise<Prepared>) => Promise<Prepared>;
};

const MAX_BYTES = 16 * 1_048_576;
const MAX_ONE = 1_048_576;

/**
 * Keeps answers for the version that they were made at, and drops all of them when there is a newer one: so none is ever
 * old, on any instance.
 * @param version brings the tables up to date and says what they are at
 */
export function createKeptAnswers(version: () => Promise<string>): KeptAnswers {
  let keptAt = '';
  let bytes = 0;
  const kept = new Map<string, Prepared>();
  return {
    answer: async (question, make) => {
      const before = await version();
      if (before !== keptAt) {
        kept.clear();
        bytes = 0;
        keptAt = before;
      }
      const known = kept.get(question);
      if (known !== undefined) return known;
      const made = await make();
      const size = made.bytes.length + question.length;
      // What somebody wrote while it was made may be in it; then the next to ask finds another version.
      if (size > MAX_ONE || made.status !== 200 || keptAt !== before) return made;
      if (bytes + size > MAX_BYTES) {
        kept.clear();
        bytes = 0;
      }
      kept.set(question, made);
      bytes += size;
      return made;
    },
  };
}
