import { Map as PersistentMap } from 'immutable';
import type { Stamp } from '../kernel/stamp.ts';
import type { LiveRecords } from './live-records.ts';
import { samePlain } from './stored-value.ts';

/** The records of a root as a table of views; those that did not change keep their identity. */
export type ShownTable<Id extends string, V> = {
  /** Follows the records; gives the ids whose view is another now. `again` names views to be made anew in any case. */
  readonly refresh: (again?: Iterable<Id>) => ReadonlySet<Id>;
  readonly table: () => PersistentMap<Id, V>;
};

/** `show` makes the view that is shown of the one that was read. */
export function createShownTable<Id extends string, V>(
  records: LiveRecords<{ readonly birth: Stamp; readonly view: V }>,
  show: (view: V) => V = (view) => view,
): ShownTable<Id, V> {
  let table = PersistentMap<Id, V>();
  return {
    refresh(again = []) {
      const dirty = new Set<Id>(again);
      for (const id of records.refresh().keys()) dirty.add(id as Id);
      const changed = new Set<Id>();
      if (dirty.size === 0) return changed;
      table = table.withMutations((shown) => {
        for (const id of dirty) {
          const entry = records.get(id);
          const [was, now] = [shown.get(id), entry && show(entry.view)];
          if (was === now || (was !== undefined && now !== undefined && samePlain(was, now))) continue;
          if (now === undefined) shown.delete(id);
          else shown.set(id, now);
          changed.add(id);
        }
      });
      return changed;
    },
    table: () => table,
  };
}
