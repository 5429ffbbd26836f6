/** Something that was done. */
export type AuditEntry = {
  /** Goes up; not without gaps. */
  readonly number: number;
  /** When it was done; of a summary, when it was done first and last. */
  readonly sinceMs: number;
  readonly atMs: number;
  /** As in the history; `unknown` for somebody who is not signed in. */
  readonly actor: string;
  readonly via: AuditVia;
  /** As `changed` or `user.changed`. */
  readonly action: string;
  /** As `catalogue/streams/ID` or `user:12`. */
  readonly target: string;
  /** The address that it came from, as far as that is known. */
  readonly from: string | undefined;
  /** JSON; null for nothing. */
  readonly before: unknown;
  readonly after: unknown;
  /** How many deeds a summary stands for; 1 for a single one. */
  readonly count: number;
};

/** `document`: an edit; `socket`: who connected; the rest are requests, by what they concern. */
export const AUDIT_VIAS = ['document', 'http', 'account', 'flag', 'socket', 'server'] as const;
export type AuditVia = (typeof AUDIT_VIAS)[number];

export type NewAuditEntry = Omit<AuditEntry, 'number' | 'sinceMs' | 'count'> & { readonly count?: number };

/** Deeds of one kind that are still being counted. */
export type AuditTally = Pick<
  AuditEntry,
  'sinceMs' | 'atMs' | 'actor' | 'via' | 'action' | 'target' | 'from' | 'count'
> & {
  /** When its quarter of an hour began. */
  readonly windowMs: number;
  /** Some of what was done: an id, or what it was done to with its before and after. JSON. */
  readonly samples: readonly unknown[];
};

/** A request is noted when it is answered: so long after it edited a document, at most. */
export const SAME_REQUEST_MS = 2_000;
export const WINDOW_MS = 15 * 60_000;
export const windowOf = (atMs: number): number => atMs - (atMs % WINDOW_MS);
const MAX_SAMPLES = 5;

export const tallyKey = ({ actor, via, action, target, windowMs }: AuditTally): string =>
  JSON.stringify([actor, via, action, target, windowMs]);

/** One of each kind, as many as they are. */
export function sumTallies(tallies: readonly AuditTally[]): readonly AuditTally[] {
  const sums = new Map<string, AuditTally>();
  for (const tally of tallies) {
    const key = tallyKey(tally);
    const before = sums.get(key);
    sums.set(key, before === undefined ? tally : addTally(before, tally));
  }
  return [...sums.values()];
}

export function addTally(before: AuditTally, more: AuditTally): AuditTally {
  return {
    ...before,
    sinceMs: Math.min(before.sinceMs, more.sinceMs),
    atMs: Math.max(before.atMs, more.atMs),
    from: more.from ?? before.from,
    count: before.count + more.count,
    samples:
      before.samples.length < MAX_SAMPLES
        ? firstDistinct([...before.samples, ...more.samples])
        : before.samples,
  };
}

const firstDistinct = (samples: readonly unknown[]): readonly unknown[] =>
  [...new Map(samples.map((sample) => [JSON.stringify(sample), sample])).values()].slice(0, MAX_SAMPLES);

/** A tally whose time is over, as the entry that it becomes. */
export function entryOfTally({ windowMs: _, samples, ...tally }: AuditTally): Omit<AuditEntry, 'number'> {
  return { ...tally, before: null, after: samples.length === 0 ? null : { 'for instance': samples } };
}
