import { Map as PersistentMap } from 'immutable';
import type { StreamId } from '../model/ids.ts';
import type { LiveRecords } from './live-records.ts';
import { mergeStreams } from './merge-streams.ts';
import { readStream, type StreamEntry } from './read-stream.ts';
import { type CodeClaim, createCodeBook } from './stream-codes.ts';
import { groupStreams, NO_GROUPS, type StreamGroups } from './stream-groups.ts';
import { updateTable } from './shown-table.ts';
import type { StoredRecord } from './stored-value.ts';
import type { CatalogueView, StreamView } from './view.ts';

/** Reads a stream's record with all its stamps, which only streams that are one need. */
type ReadRecord = (id: StreamId) => StoredRecord | undefined;

/** Streams as they are shown: each code once, and those that turned out to be one as one. */
export class ShownStreams {
  private readonly records: LiveRecords<StreamEntry>;
  private readonly readRecord: ReadRecord;
  private readonly codes = createCodeBook();
  private readonly continues = new Map<StreamId, StreamId>();
  /** How many streams say that they continue this one. */
  private readonly targets = new Map<StreamId, number>();
  private grouped: StreamGroups = NO_GROUPS;
  private shown = PersistentMap<StreamId, StreamView>();
  private lookups = makeLookup(NO_GROUPS, this.codes.lookup());

  constructor(records: LiveRecords<StreamEntry>, readRecord: ReadRecord) {
    this.records = records;
    this.readRecord = readRecord;
  }

  /** Follows the records; gives the ids whose view is another now, and whether any stream is shown by another id. */
  refresh(): { readonly changed: ReadonlySet<StreamId>; readonly regrouped: boolean } {
    const dirty = new Set<StreamId>();
    let regrouped = false;
    for (const [key, before] of this.records.refresh()) {
      const id = key as StreamId;
      const after = this.records.get(id);
      this.codes.note(before && claimOf(before), after && claimOf(after));
      if (this.noteContinues(id, before, after)) regrouped = true;
      dirty.add(this.grouped.leaderOf.get(id) ?? id);
    }
    for (const id of this.codes.refresh()) dirty.add(id);
    if (regrouped) for (const id of this.regroup()) dirty.add(id);
    const changed = this.update(dirty);
    this.lookups = makeLookup(this.grouped, this.codes.lookup());
    return { changed, regrouped };
  }

  table(): PersistentMap<StreamId, StreamView> {
    return this.shown;
  }

  groups(): StreamGroups {
    return this.grouped;
  }

  /** Codes that are shown and not stored. */
  decidedCodes(): ReadonlyMap<StreamId, StreamView['code']> {
    return this.codes.decided();
  }

  lookup(): Pick<CatalogueView, 'resolve' | 'byCode'> {
    return this.lookups;
  }

  private noteContinues(
    id: StreamId,
    before: StreamEntry | undefined,
    after: StreamEntry | undefined,
  ): boolean {
    const [was, now] = [before?.view.continues, after?.view.continues];
    const moved = before?.birth !== after?.birth;
    if (was !== now) {
      if (was !== undefined) count(this.targets, was, -1);
      if (now !== undefined) count(this.targets, now, 1);
      if (now === undefined) this.continues.delete(id);
      else this.continues.set(id, now);
    }
    return was !== now || (moved && (now !== undefined || this.targets.has(id)));
  }

  /** Gives every stream whose group may be another now. */
  private regroup(): readonly StreamId[] {
    const was = this.grouped;
    this.grouped = groupStreams(this.continues, (id) => this.records.get(id)?.birth);
    return [...was.leaderOf.keys(), ...this.grouped.leaderOf.keys()];
  }

  private update(dirty: ReadonlySet<StreamId>): ReadonlySet<StreamId> {
    const changed = new Set<StreamId>();
    this.shown = this.shown.withMutations((table) => {
      for (const id of dirty) if (updateTable(table, id, this.show(id))) changed.add(id);
    });
    return changed;
  }

  private show(id: StreamId): StreamView | undefined {
    const entry = this.records.get(id);
    if (entry === undefined || (this.grouped.leaderOf.get(id) ?? id) !== id) return undefined;
    const members = this.grouped.membersOf.get(id);
    const view = members === undefined ? entry.view : this.showGroup(entry, members);
    const code = this.codes.codeOf(claimOf(entry));
    return view.code === code ? view : { ...view, code };
  }

  private showGroup(leader: StreamEntry, members: readonly StreamId[]): StreamView {
    const whole = members.flatMap((id) => {
      const record = this.readRecord(id);
      return record === undefined ? [] : [{ id, record }];
    });
    const merged = Object.entries(mergeStreams(whole));
    const eachField = (visit: (name: string, value: unknown) => void) =>
      merged.forEach(([name, { value }]) => visit(name, value));
    return readStream(leader.id, leader.birth, eachField, () => {})?.view ?? leader.view;
  }
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
