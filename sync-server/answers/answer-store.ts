/**
 * Answers to questions over HTTP, each with the version of the catalogue that it is of. Whoever takes one from here asks
 * first which version is current, and uses it only if that is its own: so none is ever old, whatever is kept for how long.
 * Nothing here is durable, and anything may be missing.
 */
export type AnswerStore<Answer extends KeptAnswer = KeptAnswer> = {
  /** @returns the latest that was put, if it is still there */
  get(question: string): Promise<Answer | undefined>;
  /** Keeps it in the place of what was there. Does not wait; what is too large is not kept. */
  put(question: string, answer: Answer): void;
};

export type KeptAnswer = {
  /** Two that are the same were made from the same tables. */
  readonly version: string;
  /** The media type of `bytes`. */
  readonly type: string | undefined;
  readonly etag: string | undefined;
  readonly bytes: Buffer;
};

/** A longer answer is made anew each time. */
export const MAX_ANSWER_BYTES = 1_048_576;
