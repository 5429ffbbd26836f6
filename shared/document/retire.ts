import type * as Y from 'yjs';
import type { EventId, StreamId } from '../model/ids.ts';
import { carryRecord, carryRemoval } from './carry-record.ts';
import { CATALOGUE_RECORD_ROOTS, type CatalogueRecordRoot } from './catalogue-tables.ts';
import { refuseToWrite } from './document-version.ts';
import { generationDay, generationKey } from './generation.ts';
import type { Origin, WriteContext } from './op.ts';
import type { CatalogueProjection } from './project-catalogue.ts';
import { readableGenerations, readCopies, readGeneration, readRecordKey } from './record-root.ts';
import { isEventOver, isForgotten, isStreamOver, type RetireRules } from './retire-rules.ts';
import { samePlain, type StoredRecord } from './stored-value.ts';
import type { Writer } from './write-record.ts';

/**
 * Retirement: what is over leaves the catalogue for the archive, and its generation leaves the document as a whole, so that
 * Yjs forgets all that ever happened inside. Two steps, for the archive is written in between:
 *
 *     planRetirement → records to archive → (the caller stores them durably) → retireGenerations
 *
 * Only ONE replica of a store may do this: the server, or a desk that has never had one. It has every saved edit; whoever
 * has unsaved ones finds out when merging, and `rescue` brings them back.
 */
export type Retirement = {
  readonly generations: readonly { readonly root: CatalogueRecordRoot; readonly key: string }[];
  readonly archived: readonly RetiredRecord[];
};

/** A record for the archive, whole: plain JSON, and what `restore-stream` takes. */
export type RetiredRecord = {
  readonly root: CatalogueRecordRoot;
  readonly id: string;
  /** When it was retired. Milliseconds since 1970 UTC. */
  readonly atMs: number;
  readonly record: StoredRecord;
};

const DAY_MS = 86_400_000;
/** Younger generations are left alone: their owners may still be writing into them. */
const OLD_DAYS = 8;
/** Empty ones go sooner. */
const OLD_EMPTY_DAYS = 2;
/** Generations from further ahead than this are a clock gone wrong, and are taken along with the old ones. */
const AHEAD_DAYS = 2;

/** What is to leave now. Reads only; empty when nothing is old enough. */
export function planRetirement(doc: Y.Doc, projection: CatalogueProjection, rules: RetireRules): Retirement {
  const generations = CATALOGUE_RECORD_ROOTS.flatMap((root) =>
    readableGenerations(doc.getMap<unknown>(root))
      .filter((key) => isOld(doc, root, key, rules.nowMs))
      .map((key) => ({ root, key })),
  );
  const leaving = leavingSet(generations);
  const archived = new Map<string, RetiredRecord>();
  for (const { root, key } of generations) {
    for (const id of idsIn(doc, root, key)) {
      const record = projection.whole(root, id);
      if (record === undefined || !isOver(projection, root, id, record, rules)) continue;
      if (isOnlyIn(doc, projection, root, id, leaving))
        archived.set(`${root} ${id}`, { root, id, atMs: rules.nowMs, record });
    }
  }
  return { generations, archived: [...archived.values()] };
}

/**
 * Takes the generations out of the document. Every record in them that was archived as it now stands goes; all others, and
 * removals that are still young, are first carried to this replica's generation of today.
 * @param retirement as planned, its records durably archived since; what changed meanwhile stays
 * @returns how many records were carried
 */
export function retireGenerations(
  doc: Y.Doc,
  projection: CatalogueProjection,
  retirement: Retirement,
  context: WriteContext,
): number {
  const own = generationKey(context.nowMs, context.replica);
  const generations = retirement.generations.filter(({ key }) => key !== own);
  if (generations.length === 0 || refuseToWrite(doc) !== undefined) return 0;
  const archived = new Map(retirement.archived.map(({ root, id, record }) => [`${root} ${id}`, record]));
  const leaving = leavingSet(generations);
  const mayLeave = (root: CatalogueRecordRoot, id: string) => {
    const kept = archived.get(`${root} ${id}`);
    return samePlain(projection.whole(root, id), kept) && isOnlyIn(doc, projection, root, id, leaving);
  };
  // Decided before anything is written: what is read while generations go would be half of it.
  const staying = generations.map(({ root, key }) =>
    idsIn(doc, root, key).filter((id) => !mayLeave(root, id)),
  );
  let carried = 0;
  write(doc, projection, context, (writer) => {
    generations.forEach(({ root, key }, i) => {
      for (const id of removalsIn(doc, root, key)) carryRemoval(writer, root, id, key);
      const gone = new Set(generations.flatMap((one) => (one.root === root ? [one.key] : [])));
      for (const id of staying[i] ?? []) if (carryRecord(writer, root, id, gone)) carried++;
    });
    for (const { root, key } of generations) doc.getMap<unknown>(root).delete(key);
  });
  return carried;
}

/**
 * Makes one of the copies that a record has when it was added on several desks. For the replica that retires only.
 * @returns how many records had several
 */
export function tidyCopies(doc: Y.Doc, projection: CatalogueProjection, context: WriteContext): number {
  if (refuseToWrite(doc) !== undefined) return 0;
  const several = CATALOGUE_RECORD_ROOTS.flatMap((root) => {
    const map = doc.getMap<unknown>(root);
    const ids = new Set(readableGenerations(map).flatMap((key) => idsIn(doc, root, key)));
    const isSeveral = (id: string) =>
      readCopies(map, id, [...projection.findGenerations(map, id)]).length > 1;
    return [...ids].filter(isSeveral).map((id) => ({ root, id }));
  });
  if (several.length === 0) return 0;
  write(doc, projection, context, (writer) => {
    for (const { root, id } of several) carryRecord(writer, root, id);
  });
  return several.length;
}

function write(
  doc: Y.Doc,
  projection: CatalogueProjection,
  context: WriteContext,
  change: (writer: Writer) => void,
): void {
  const { findGenerations } = projection;
  const writer: Writer = { doc, findGenerations, context, changes: [], known: [] };
  const origin: Origin = { type: 'retire' };
  doc.transact(() => change(writer), origin);
}

function isOld(doc: Y.Doc, root: CatalogueRecordRoot, key: string, nowMs: number): boolean {
  const age = Math.floor(nowMs / DAY_MS) - generationDay(key);
  if (age >= OLD_DAYS || age < -AHEAD_DAYS) return true;
  return age >= OLD_EMPTY_DAYS && readGeneration(doc.getMap<unknown>(root), key)?.size === 0;
}

function idsIn(doc: Y.Doc, root: CatalogueRecordRoot, key: string): readonly string[] {
  return keysIn(doc, root, key).flatMap(({ id, removal }) => (removal ? [] : [id]));
}

function removalsIn(doc: Y.Doc, root: CatalogueRecordRoot, key: string): readonly string[] {
  return keysIn(doc, root, key).flatMap(({ id, removal }) => (removal ? [id] : []));
}

function keysIn(doc: Y.Doc, root: CatalogueRecordRoot, key: string) {
  return [...(readGeneration(doc.getMap<unknown>(root), key)?.keys() ?? [])].map(readRecordKey);
}

function leavingSet(generations: Retirement['generations']): ReadonlySet<string> {
  return new Set(generations.map(({ root, key }) => `${root} ${key}`));
}

/** Whether nothing of a record would stay behind. */
function isOnlyIn(
  doc: Y.Doc,
  projection: CatalogueProjection,
  root: CatalogueRecordRoot,
  id: string,
  leaving: ReadonlySet<string>,
): boolean {
  const map = doc.getMap<unknown>(root);
  const copies = readCopies(map, id, [...projection.findGenerations(map, id)]);
  return copies.every(({ generation }) => leaving.has(`${root} ${generation}`));
}

/** Streams and events end; streamers, places, walls and ignore rules stay until somebody removes them. */
function isOver(
  projection: CatalogueProjection,
  root: CatalogueRecordRoot,
  id: string,
  record: StoredRecord,
  rules: RetireRules,
): boolean {
  const view = projection.view();
  if (root === 'events') {
    const event = view.events.get(id as EventId);
    return event !== undefined && isEventOver(event, record, rules);
  }
  if (root !== 'streams') return false;
  const shown = view.streams.get(view.resolve(id as StreamId));
  if (shown === undefined) return isForgotten(record, rules);
  const members = projection.membersOf(shown.id).map((member) => projection.whole(root, member));
  return isStreamOver(
    shown,
    members.filter((member) => member !== undefined),
    rules,
  );
}
