import { Map as PersistentMap } from 'immutable';
import type { StreamId } from '../model/ids.ts';
import type { LiveRecords } from './live-records.ts';
import { mergeStreams } from './merge-streams.ts';
import { readStream, type StreamEntry } from './read-stream.ts';
import { type CodeClaim, createCodeBook } from './stream-codes.ts';
import { groupStreams, NO_GROUPS, type StreamGroups } from './stream-groups.ts';
import { samePlain, type StoredRecord } from './stored-value.ts';
import type { CatalogueView, StreamView } from './view.ts';

/** Streams as they are shown: each code once, and those that turned out to be one as one. */
export type ShownStreams = {
  /** Follows the records; gives the ids whose view is another now, and whether any stream is shown by another id. */
  readonly refresh: () => { readonly changed: ReadonlySet<StreamId>; readonly regrouped: boolean };
  readonly table: () => PersistentMap<StreamId, StreamView>;
  readonly groups: () => StreamGroups;
  /** Codes that are shown and not stored. */
  readonly decidedCodes: () => ReadonlyMap<StreamId, StreamView['code']>;
  readonly lookup: () => Pick<CatalogueView, 'resolve' | 'byCode'>;
};

/** `readWhole` gives a stream's record with all its stamps, which only streams that are one need. */
export function createShownStreams(
  records: LiveRecords<StreamEntry>,
  readWhole: (id: StreamId) => StoredRecord | undefined,
): ShownStreams {
  const codes = createCodeBook();
  const continues = new Map<StreamId, StreamId>();
  const targets = new Map<StreamId, number>();
  let groups: StreamGroups = NO_GROUPS;
  let table = PersistentMap<StreamId, StreamView>();
  let lookup = makeLookup(groups, codes.lookup());

  const noteContinues = (
    id: StreamId,
    before: StreamEntry | undefined,
    after: StreamEntry | undefined,
  ): boolean => {
    const [was, now] = [before?.view.continues, after?.view.continues];
    const moved = before?.birth !== after?.birth;
    if (was !== now) {
      if (was !== undefined) count(targets, was, -1);
      if (now !== undefined) count(targets, now, 1);
      if (now === undefined) continues.delete(id);
      else continues.set(id, now);
    }
    return was !== now || (moved && (now !== undefined || targets.has(id)));
  };

  const regroup = (dirty: Set<StreamId>): void => {
    const was = groups;
    groups = groupStreams(continues, (id) => records.get(id)?.birth);
    for (const id of [...was.leaderOf.keys(), ...groups.leaderOf.keys()]) dirty.add(id);
  };

  const show = (id: StreamId): StreamView | undefined => {
    const entry = records.get(id);
    if (entry === undefined || (groups.leaderOf.get(id) ?? id) !== id) return undefined;
    const members = groups.membersOf.get(id);
    const view = members === undefined ? entry.view : showGroup(entry, members);
    const code = codes.codeOf(claimOf(entry));
    return view.code === code ? view : { ...view, code };
  };

  const showGroup = (leader: StreamEntry, members: readonly StreamId[]): StreamView => {
    const whole = members.flatMap((id) => {
      const record = readWhole(id);
      return record === undefined ? [] : [{ id, record }];
    });
    const merged = Object.entries(mergeStreams(whole));
    const eachField = (visit: (name: string, value: unknown) => void) =>
      merged.forEach(([name, { value }]) => visit(name, value));
    return readStream(leader.id, leader.birth, eachField, () => {})?.view ?? leader.view;
  };

  const refresh: ShownStreams['refresh'] = () => {
    const dirty = new Set<StreamId>();
    let regrouped = false;
    for (const [key, before] of records.refresh()) {
      const id = key as StreamId;
      const after = records.get(id);
      codes.note(before && claimOf(before), after && claimOf(after));
      if (noteContinues(id, before, after)) regrouped = true;
      dirty.add(groups.leaderOf.get(id) ?? id);
    }
    for (const id of codes.refresh()) dirty.add(id);
    if (regrouped) regroup(dirty);
    const changed = new Set<StreamId>();
    table = table.withMutations((shown) => {
      for (const id of dirty) {
        const [was, now] = [shown.get(id), show(id)];
        if (was === now || (was !== undefined && now !== undefined && samePlain(was, now))) continue;
        if (now === undefined) shown.delete(id);
        else shown.set(id, now);
        changed.add(id);
      }
    });
    lookup = makeLookup(groups, codes.lookup());
    return { changed, regrouped };
  };

  return {
    refresh,
    table: () => table,
    groups: () => groups,
    decidedCodes: codes.decided,
    lookup: () => lookup,
  };
}

function claimOf({ id, birth, view }: StreamEntry): CodeClaim {
  return { id, birth, code: view.code };
}

function makeLookup(
  { leaderOf }: StreamGroups,
  codes: PersistentMap<string, StreamId>,
): Pick<CatalogueView, 'resolve' | 'byCode'> {
  const resolve = (id: StreamId) => leaderOf.get(id) ?? id;
  return {
    resolve,
    byCode(code) {
      const id = codes.get(code);
      return id === undefined ? undefined : resolve(id);
    },
  };
}

function count(counts: Map<StreamId, number>, id: StreamId, by: number): void {
  const now = (counts.get(id) ?? 0) + by;
  if (now <= 0) counts.delete(id);
  else counts.set(id, now);
}
