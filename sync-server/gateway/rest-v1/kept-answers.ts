import type { Prepared } from './send-answer.ts';

/** Answers that are the same as long as nothing changed. */
export type KeptAnswers = {
  /**
   * @param make what to answer when nothing is kept for this question at the version that is current now
   * @param tellsVersion whether what is made says itself which version it is of; else it is asked for first
   */
  readonly answer: (
    question: string,
    make: () => Promise<Prepared>,
    tellsVersion: boolean,
  ) => Promise<Prepared>;
};

const MAX_BYTES = 16 * 1_048_576;
const MAX_ONE = 1_048_576;

/**
 * Keeps answers for the version that they are of, and drops all of them when there is another one: so none is ever old, on
 * any instance.
 * @param version brings the tables up to date and says what they are at
 */
export function createKeptAnswers(version: () => Promise<string>): KeptAnswers {
  let keptAt = '';
  let bytes = 0;
  const kept = new Map<string, Prepared>();
  const turnTo = (now: string): void => {
    if (now === keptAt) return;
    kept.clear();
    bytes = 0;
    keptAt = now;
  };
  const keep = (question: string, made: Prepared): void => {
    const size = made.bytes.length + question.length;
    if (size > MAX_ONE || made.status !== 200) return;
    if (bytes + size > MAX_BYTES) {
      kept.clear();
      bytes = 0;
    }
    kept.set(question, made);
    bytes += size;
  };
  return {
    answer: async (question, make, tellsVersion) => {
      if (kept.has(question) || !tellsVersion) {
        const now = await version();
        turnTo(now);
        const known = kept.get(question);
        if (known !== undefined) return known;
        if (!tellsVersion) {
          const made = await make();
          // What somebody wrote while it was made may be in it; then the next to ask finds another version.
          if (keptAt === now) keep(question, made);
          return made;
        }
      }
      const made = await make();
      if (made.version !== undefined) {
        turnTo(made.version);
        keep(question, made);
      }
      return made;
    },
  };
}
