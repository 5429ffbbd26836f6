import {
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
  const addressOf = (actor: string, atMs: number): string | undefined =>
    entries.findLast((entry) => entry.via === 'socket' && entry.actor === actor && entry.atMs <= atMs)?.from;
  const append = (fresh: readonly NewAuditEntry[], counted: readonly AuditTally[]): void => {
    for (const entry of fresh) {
      const from = entry.from ?? (entry.via === 'document' ? addressOf(entry.actor, entry.atMs) : undefined);
      add({ count: 1, ...entry, from, sinceMs: entry.atMs });
    }
    for (const tally of counted) {
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

function isMeant(entry: AuditEntry, query: AuditQuery): boolean {
  const { before, actor, via, target = '', search = '', sinceMs = 0, untilMs = Infinity } = query;
  const words = [entry.actor, entry.action, entry.target, entry.from ?? ''].join('\n').toLowerCase();
  return (
    (before === undefined || entry.number < before) &&
    (actor === undefined || entry.actor === actor) &&
    (via === undefined || entry.via === via) &&
    entry.target.startsWith(target) &&
    words.includes(search.toLowerCase()) &&
    entry.atMs >= sinceMs &&
    entry.atMs < untilMs
  );
}
