import type { AnswerStore } from '../../answers/answer-store.ts';
import { createInMemoryAnswerStore } from '../../answers/in-memory-answer-store.ts';
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

type Kept = Prepared & { readonly version: string };

/**
 * Keeps answers for the version that they are of, here and with the other instances, and uses one only while that version
 * is current: so none is ever old, on any instance.
 * @param version brings the tables up to date and says what they are at
 * @param shared what all instances know; undefined for one by itself
 */
export function createKeptAnswers(version: () => Promise<string>, shared?: AnswerStore): KeptAnswers {
  const own = createInMemoryAnswerStore<Kept>();
  const keep = (question: string, made: Prepared, at: string): Prepared => {
    if (made.status !== 200 || made.chunks !== undefined || made.fileName !== undefined) return made;
    // The one that is kept goes out, so that it is packed once.
    const kept = { ...made, version: at };
    own.put(question, kept);
    shared?.put(question, kept);
    return kept;
  };
  const askOthers = async (question: string): Promise<Kept | undefined> => {
    const there = await shared?.get(question);
    return there && { ...there, status: 200 };
  };
  return {
    answer: async (question, make, tellsVersion) => {
      const here = await own.get(question);
      const early = here === undefined ? await askOthers(question) : undefined;
      if (tellsVersion && here === undefined && early === undefined) {
        const made = await make();
        return made.version === undefined ? made : keep(question, made, made.version);
      }
      const now = await version();
      if (here?.version === now) return here;
      const there = early ?? (await askOthers(question));
      if (there?.version === now) {
        own.put(question, there);
        return there;
      }
      const made = await make();
      // What somebody wrote while it was made may be in it; then the next to ask finds another version.
      return keep(question, made, made.version ?? now);
    },
  };
}
