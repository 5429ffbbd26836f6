import type * as Y from 'yjs';
import type { StreamerId, StreamId } from '../model/ids.ts';
import {
  CATALOGUE_RECORD_ROOTS,
  type CatalogueRecordRoot,
  type ChangedIds,
  type CatalogueTables,
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
  /** Fields of accounts that are stored with a streamer and shown with another, whose they are. */
  readonly decidedAccounts: () => ReadonlyMap<StreamerId, readonly string[]>;
  /** Where an id's copies are: makes writing fast. */
  readonly findGenerations: FindGenerations;
  readonly dispose: () => void;
};

export type CatalogueChange = { readonly view: CatalogueView; readonly changed: ChangedIds };

/** Reads the whole document once. Never throws on what it finds and writes nothing: an empty document is an empty catalogue. */
export function openCatalogue(doc: Y.Doc): CatalogueProjection {
  const tables = createCatalogueTables(doc);
  const problems = createProblemList(Object.values(tables.records));
  const listeners = new Set<(change: CatalogueChange) => void>();
  let isTouched = true;
  let view: CatalogueView | undefined;
  /** What has changed since the listeners were told. */
  let untold: ChangedIds = {};
  let toldProblems: CatalogueView['problems'] | undefined;

  const look = (): CatalogueView => {
    if (!isTouched && view !== undefined) return view;
    isTouched = false;
    const changed = tables.refresh();
    if (listeners.size > 0) untold = joinChanged(untold, changed);
    view = { ...tables.tables(), ...problems.list() };
    return view;
  };
  const forget = (now: CatalogueView): void => {
    untold = {};
    toldProblems = now.problems;
  };
  const tell = (): void => {
    if (listeners.size === 0) return;
    const now = look();
    if (now.problems === toldProblems && Object.keys(untold).length === 0) return;
    const change = { view: now, changed: untold };
    forget(now);
    for (const listener of [...listeners]) listener(change);
  };
  const stop = followDocument(doc, tables, () => (isTouched = true), tell);
  look();

  return {
    view: look,
    onChange(listener) {
      const now = look();
      if (listeners.size === 0) forget(now);
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    membersOf(id) {
      look();
      const { leaderOf, membersOf } = tables.streams.groups();
      return membersOf.get(leaderOf.get(id) ?? id) ?? [id];
    },
    count: (root) => (look(), tables.records[root].size()),
    decidedCodes: () => (look(), tables.streams.decidedCodes()),
    decidedAccounts: () => (look(), tables.streamers.decidedAccounts()),
    ...readersOf(doc, tables),
    dispose() {
      stop();
      listeners.clear();
    },
  };
}

function joinChanged(first: ChangedIds, second: ChangedIds): ChangedIds {
  const joined: { -readonly [R in keyof ChangedIds]: ChangedIds[R] } = { ...first };
  for (const root of CATALOGUE_RECORD_ROOTS) {
    const [a, b] = [first[root], second[root]];
    if (b !== undefined) joined[root] = a === undefined ? b : new Set([...a, ...b]);
  }
  return joined;
}

/** Lets the tables follow the document; `touched` is called for every change, `done` after every transaction. */
function followDocument(
  doc: Y.Doc,
  tables: CatalogueTables,
  touched: () => void,
  done: () => void,
): () => void {
  const stops = CATALOGUE_RECORD_ROOTS.map((root) => {
    const map = doc.getMap<unknown>(root);
    const follow = (events: Parameters<Parameters<typeof map.observeDeep>[0]>[0]) => {
      tables.records[root].follow(events);
      touched();
    };
    map.observeDeep(follow);
    return () => map.unobserveDeep(follow);
  });
  doc.on('afterTransaction', done);
  return () => {
    doc.off('afterTransaction', done);
    for (const stop of stops) stop();
  };
}

function readersOf(
  doc: Y.Doc,
  { records }: CatalogueTables,
): Pick<CatalogueProjection, 'stored' | 'whole' | 'findGenerations'> {
  const rootOf = new Map(CATALOGUE_RECORD_ROOTS.map((root) => [doc.getMap<unknown>(root), root]));
  return {
    stored: (root, id) => readRecord(doc.getMap<unknown>(root), id, records[root].generationsOf(id)),
    whole: (root, id) => readWholeRecord(doc.getMap<unknown>(root), id, records[root].generationsOf(id)),
    findGenerations(map, id) {
      const root = rootOf.get(map);
      return root === undefined ? [] : records[root].generationsOf(id);
    },
  };
}
