import type { HistoryChange, HistoryEdit } from '../history/document-history.ts';
import { windowOf, type AuditTally, type NewAuditEntry } from './audit-entry.ts';
import { shortenValues } from './shorten-values.ts';

export type Described = {
  readonly entries: readonly NewAuditEntry[];
  readonly tallies: readonly AuditTally[];
};

/** Of one update that does more, the rest is summed up. */
const MAX_ENTRIES = 50;

type Deed = {
  readonly action: string;
  readonly root: string;
  readonly id: string;
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
};

/** What updates did, as the audit says it: people's deeds one by one, those of bots and rules summed up. */
export function describeEdits(document: string, changes: readonly HistoryChange[]): Described {
  const entries: NewAuditEntry[] = [];
  const tallies: AuditTally[] = [];
  for (const { actor, atMs, carried, edits } of changes) {
    const isProgram = actor.startsWith('service:') || actor.startsWith('rule:');
    const deeds = deedsOf(edits);
    const single = isProgram || carried ? [] : deeds.slice(0, MAX_ENTRIES);
    for (const { action, root, id, before, after } of single)
      entries.push({
        ...{ atMs, actor, via: 'document', action, target: `${document}/${root}/${id}` },
        ...{ from: undefined, before, after },
      });
    for (const { action, root, id, before, after } of deeds.slice(single.length))
      tallies.push({
        ...{ windowMs: windowOf(atMs), sinceMs: atMs, atMs, actor, via: 'document' },
        ...{ action: carried ? `${action}, by others` : action, target: `${document}/${root}` },
        ...{ from: undefined, count: 1, samples: id === '' ? [] : [{ id, before, after }] },
      });
  }
  return { entries, tallies };
}

/** Fields of one record that one update changed are one deed. */
function deedsOf(edits: readonly HistoryEdit[]): readonly Deed[] {
  const changed = new Map<
    string,
    { root: string; id: string; before: Record<string, unknown>; after: Record<string, unknown> }
  >();
  const deeds: Deed[] = [];
  const removals = new Map<string, number>();
  for (const edit of edits) {
    switch (edit.type) {
      case 'record-added':
        deeds.push({
          ...placeOf(edit.root, edit.id),
          action: 'added',
          before: null,
          after: shortenValues(edit.fields),
        });
        break;
      case 'record-removed':
        // A record that leaves, and the word that it is gone, are one deed, in whichever order they come.
        noteRemoval(deeds, removals, edit);
        break;
      case 'generation-left':
        deeds.push({ ...placeOf(edit.root, ''), action: 'put away', before: null, after: null });
        break;
      case 'set': {
        const place = placeOf(edit.root, edit.id ?? '');
        const key = JSON.stringify([place.root, place.id]);
        const one = changed.get(key) ?? { ...place, before: {}, after: {} };
        changed.set(key, one);
        one.before[edit.key] = edit.before;
        one.after[edit.key] = edit.after;
      }
    }
  }
  for (const { before, after, ...place } of changed.values())
    deeds.push({
      ...place,
      action: 'status' in after ? 'changed status' : 'changed',
      before: shortenValues(before),
      after: shortenValues(after),
    });
  return deeds;
}

const placeOf = (root: string, id: string) => ({ root, id: id.slice(0, 100) });

function noteRemoval(
  deeds: Deed[],
  removals: Map<string, number>,
  { root, id, fields }: Extract<HistoryEdit, { type: 'record-removed' }>,
): void {
  const key = JSON.stringify([root, id]);
  const at = removals.get(key) ?? deeds.length;
  removals.set(key, at);
  const before = fields ? shortenValues(fields) : (deeds[at]?.before ?? null);
  deeds[at] = { ...placeOf(root, id), action: 'removed', before, after: null };
}
