import {
  SAME_REQUEST_MS,
  WINDOW_MS,
  addTally,
  entryOfTally,
  tallyKey,
  type AuditEntry,
  type AuditTally,
  type NewAuditEntry,
} from './audit-entry.ts';
import type { AuditQuery, AuditStore } from './audit-store.ts';

/** An audit that is gone when the process ends: for tests. */
export function createInMemoryAuditStore(): AuditStore {
  const entries: AuditEntry[] = [];
  const tallies = new Map<string, AuditTally>();
  const progress = new Map<string, number>();
  const add = (entry: Omit<AuditEntry, 'number'>): void =>
    void entries.push(structuredClone({ ...entry, number: entries.length + 1 }));
  const withOrigin = <Deed extends NewAuditEntry | AuditTally>(deed: Deed): Deed => ({
    ...deed,
    from: deed.from ?? (deed.via === 'document' ? cameFrom(deed, entries, [...tallies.values()]) : undefined),
  });
  const append = (fresh: readonly NewAuditEntry[], counted: readonly AuditTally[]): void => {
    for (const entry of fresh.map(withOrigin)) add({ count: 1, ...entry, sinceMs: entry.atMs });
    for (const tally of counted.map(withOrigin)) {
      const before = tallies.get(tallyKey(tally));
      tallies.set(tallyKey(tally), before === undefined ? tally : addTally(before, tally));
    }
  };
  return {
    append: async (fresh, counted) => Promise.resolve(append(fresh, counted)),
    progress: async () => Promise.resolve(new Map(progress)),
    take: async ({ document, after, upTo, ...read }) => {
      if ((progress.get(document) ?? 0) !== after) return Promise.resolve(false);
      progress.set(document, upTo);
      append(read.entries, read.tallies);
      return Promise.resolve(true);
    },
    closeTallies: async (beforeMs) => {
      const over = [...tallies].filter(([, { windowMs }]) => windowMs < beforeMs);
      for (const [key, tally] of over) {
        tallies.delete(key);
        add(entryOfTally(tally));
      }
      return Promise.resolve(over.length);
    },
    list: async (query) =>
      Promise.resolve(
        entries
          .filter((entry) => isMeant(entry, query))
          .toReversed()
          .slice(0, query.limit),
      ),
    tallies: async (limit) =>
      Promise.resolve([...tallies.values()].toSorted((a, b) => b.atMs - a.atMs).slice(0, limit)),
    counts: async ({ action, target, sinceMs, stretchMs }) => {
      const counts = new Map<number, number>();
      for (const one of [...entries, ...tallies.values()]) {
        if (one.action !== action || !one.target.startsWith(target) || one.atMs < sinceMs) continue;
        const stretch = one.atMs - (one.atMs % stretchMs);
        counts.set(stretch, (counts.get(stretch) ?? 0) + one.count);
      }
      return Promise.resolve(counts);
    },
  };
}

/** Where the author of an edit came from: by the request that it answers to, or by where they came in last before it. */
function cameFrom(
  { actor, atMs: editedMs }: Pick<AuditEntry, 'actor' | 'atMs'>,
  entries: readonly AuditEntry[],
  tallies: readonly AuditTally[],
): string | undefined {
  const own = entries.filter((entry) => entry.actor === actor && entry.via !== 'document' && entry.from);
  const before = own.filter(({ atMs }) => atMs <= editedMs);
  const counted = tallies.filter(
    ({ windowMs, via, ...tally }) =>
      tally.actor === actor && via === 'http' && windowMs >= editedMs - 2 * WINDOW_MS && windowMs <= editedMs,
  );
  return (
    own.find(({ via, atMs }) => via === 'http' && atMs >= editedMs && atMs <= editedMs + SAME_REQUEST_MS) ??
    before.findLast(({ via }) => via === 'socket') ??
    counted.toSorted((a, b) => b.atMs - a.atMs)[0] ??
    before.at(-1)
  )?.from;
}

function isMeant(entry: AuditEntry, query: AuditQuery): boolean {
  const { before, actor, via, action, target = '', from = '', search = '', changed = '' } = query;
  const { sinceMs = 0, untilMs = Infinity } = query;
  const words = [entry.actor, entry.action, entry.target, entry.from ?? ''].join('\n').toLowerCase();
  return (
    (before === undefined || entry.number < before) &&
    (actor === undefined || entry.actor === actor) &&
    (via === undefined || entry.via === via) &&
    (action === undefined || entry.action.startsWith(action)) &&
    entry.target.startsWith(target) &&
    (entry.from ?? '').startsWith(from) &&
    JSON.stringify([entry.before, entry.after]).toLowerCase().includes(changed.toLowerCase()) &&
    words.includes(search.toLowerCase()) &&
    entry.atMs >= sinceMs &&
    entry.atMs < untilMs
  );
}
