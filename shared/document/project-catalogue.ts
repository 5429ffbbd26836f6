import type * as Y from 'yjs';
import type { StreamId } from '../model/ids.ts';
import {
  CATALOGUE_RECORD_ROOTS,
  type CatalogueRecordRoot,
  type ChangedIds,
  createCatalogueTables,
} from './catalogue-tables.ts';
import { createProblemList } from './problem-list.ts';
import { type FindGenerations, readRecord, readWholeRecord } from './record-root.ts';
import type { StoredRecord } from './stored-value.ts';
import type { CatalogueView } from './view.ts';

/** A catalogue document, kept readable. Changes to the document are followed as they happen, and read when somebody looks. */
export type CatalogueProjection = {
  readonly view: () => CatalogueView;
  /** Tells of every transaction that changed the view. Returns how to stop. A listener must not throw. */
  readonly onChange: (listener: (change: CatalogueChange) => void) => () => void;
  /** The streams that are shown as one with this one, the first added first; itself alone, mostly. */
  readonly membersOf: (id: StreamId) => readonly StreamId[];
  /** A record as it is stored, all its copies as one; nothing when it is not there. */
  readonly stored: (root: CatalogueRecordRoot, id: string) => StoredRecord | undefined;
  /** The same with word of what was cleared, for archiving. */
  readonly whole: (root: CatalogueRecordRoot, id: string) => StoredRecord | undefined;
  /** How many records of a root are there, those that are shown as one counted each. */
  readonly count: (root: CatalogueRecordRoot) => number;
  /** Codes that are shown and not stored yet. */
  readonly decidedCodes: () => ReadonlyMap<StreamId, string>;
  /** Where an id's copies are: makes writing fast. */
  readonly findGenerations: FindGenerations;
  readonly dispose: () => void;
};

export type CatalogueChange = { readonly view: CatalogueView; readonly changed: ChangedIds };

/** Reads the whole document once. Never throws on what it finds and writes nothing: an empty document is an empty catalogue. */
export function openCatalogue(doc: Y.Doc): CatalogueProjection {
  const tables = createCatalogueTables(doc);
  const listeners = new Set<(change: CatalogueChange) => void>();
  const stops: (() => void)[] = [];
  const problems = createProblemList(Object.values(tables.records));
  const rootOf = new Map(CATALOGUE_RECORD_ROOTS.map((root) => [doc.getMap<unknown>(root), root]));
  let isTouched = false;
  tables.refresh();
  let view: CatalogueView = { ...tables.tables(), ...problems.list() };

  const look = (): ChangedIds => {
    if (!isTouched) return {};
    isTouched = false;
    const changed = tables.refresh();
    view = { ...tables.tables(), ...problems.list() };
    return changed;
  };
  const tell = (): void => {
    if (!isTouched || listeners.size === 0) return;
    const before = view.problems;
    const changed = look();
    if (Object.keys(changed).length === 0 && view.problems === before) return;
    for (const listener of [...listeners]) listener({ view, changed });
  };

  for (const [map, root] of rootOf) {
    const follow = (events: Y.YEvent<Y.AbstractType<unknown>>[]) => {
      tables.records[root].follow(events);
      isTouched = true;
    };
    map.observeDeep(follow);
    stops.push(() => map.unobserveDeep(follow));
  }
  doc.on('afterTransaction', tell);
  stops.push(() => doc.off('afterTransaction', tell));

  return {
    view() {
      look();
      return view;
    },
    onChange(listener) {
      look();
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    membersOf(id) {
      look();
      const { leaderOf, membersOf } = tables.streams.groups();
      return membersOf.get(leaderOf.get(id) ?? id) ?? [id];
    },
    stored: (root, id) => readRecord(doc.getMap<unknown>(root), id, tables.records[root].generationsOf(id)),
    whole: (root, id) =>
      readWholeRecord(doc.getMap<unknown>(root), id, tables.records[root].generationsOf(id)),
    count: (root) => (look(), tables.records[root].size()),
    decidedCodes: () => (look(), tables.streams.decidedCodes()),
    findGenerations: (root, id) => {
      const name = rootOf.get(root);
      return name === undefined ? [] : tables.records[name].generationsOf(id);
    },
    dispose() {
      for (const stop of stops) stop();
      listeners.clear();
    },
  };
}
