import { Map as PersistentMap } from 'immutable';
import type { Stamp } from '../kernel/stamp.ts';
import type { LiveRecords } from './live-records.ts';
import { samePlain } from './stored-value.ts';

/** The records of a root as a table of views; those that did not change keep their identity. */
export class ShownTable<Id extends string, V> {
  private readonly records: LiveRecords<{ readonly birth: Stamp; readonly view: V }>;
  private readonly show: (view: V) => V;
  private shown = PersistentMap<Id, V>();

  /** `show` makes the view that is shown of the one that was read. */
  constructor(
    records: LiveRecords<{ readonly birth: Stamp; readonly view: V }>,
    show: (view: V) => V = (view) => view,
  ) {
    this.records = records;
    this.show = show;
  }

  /** Follows the records; gives the ids whose view is another now. `again` names views to be made anew in any case. */
  refresh(again: Iterable<Id> = []): ReadonlySet<Id> {
    const dirty = new Set<Id>(again);
    for (const id of this.records.refresh().keys()) dirty.add(id as Id);
    const changed = new Set<Id>();
    if (dirty.size === 0) return changed;
    this.shown = this.shown.withMutations((table) => {
      for (const id of dirty) {
        const entry = this.records.get(id);
        if (updateTable(table, id, entry && this.show(entry.view))) changed.add(id);
      }
    });
    return changed;
  }

  table(): PersistentMap<Id, V> {
    return this.shown;
  }
}

/** Puts or removes a view in a table that is being changed; says whether it is another now. */
export function updateTable<Id, V>(table: PersistentMap<Id, V>, id: Id, now: V | undefined): boolean {
  const was = table.get(id);
  if (was === now || (was !== undefined && now !== undefined && samePlain(was, now))) return false;
  if (now === undefined) table.delete(id);
  else table.set(id, now);
  return true;
}
