/** How many messages with new links one person may post within a time. */
export type AuthorLimit = { readonly messages: number; readonly windowMs: number };

/** Who is remembered; beyond that, those who have been quiet for longest are forgotten. */
const MAX_AUTHORS = 10_000;

export type AuthorLimiter = {
  /** Whether this message is within the limit; if so it counts. The time is the message's own. */
  readonly admit: (author: string, atMs: number) => boolean;
};

/** Counts only what is asked about: ask for messages that hold a new link, so that talking costs nothing. */
export function createAuthorLimiter({ messages, windowMs }: AuthorLimit): AuthorLimiter {
  const times = new Map<string, readonly number[]>();
  return {
    admit(author, atMs) {
      // After a backfill an older message may come behind a newer one: both directions count as near.
      const recent = (times.get(author) ?? []).filter((time) => Math.abs(atMs - time) < windowMs);
      const isAdmitted = recent.length < messages;
      times.delete(author);
      times.set(author, isAdmitted ? [...recent, atMs] : recent);
      const [oldest] = times.keys();
      if (times.size > MAX_AUTHORS && oldest !== undefined) times.delete(oldest);
      return isAdmitted;
    },
  };
}
