import type { StreamId } from '#shared/model/ids.ts';

/** Says in which slot each row stands, for the rows that are in the page. */
export type KeptSlots = (rows: readonly StreamId[]) => ReadonlyMap<StreamId, number>;

/**
 * A row stays in its slot as long as it is in the page; a row that comes gets one that another left. So scrolling writes
 * other words into the rows that stand, where it would else take rows out of the page and build new ones.
 */
export function createKeptSlots(): KeptSlots {
  let kept: ReadonlyMap<StreamId, number> = new Map();
  return (rows) => {
    const slots = new Map<StreamId, number>();
    const taken = new Set<number>();
    for (const row of rows) {
      const slot = kept.get(row);
      if (slot === undefined) continue;
      slots.set(row, slot);
      taken.add(slot);
    }
    let free = 0;
    for (const row of rows) {
      if (slots.has(row)) continue;
      while (taken.has(free)) free++;
      slots.set(row, free++);
    }
    kept = slots;
    return slots;
  };
}
