import { readStream } from '#shared/document/read-stream.ts';
import { ArchivedStream } from '#shared/document/archived-stream.ts';
import type { CatalogueRecordRoot } from '#shared/document/catalogue-tables.ts';
import type { CatalogueProjection } from '#shared/document/project-catalogue.ts';
import { readTombstones } from '#shared/document/record-root.ts';
import { birthOf, withoutCleared, type StoredRecord } from '#shared/document/stored-value.ts';
import type { CatalogueView } from '#shared/document/view.ts';
import { stampMs } from '#shared/kernel/stamp.ts';
import { StreamId } from '#shared/model/ids.ts';
import type { GoneRecord, ProjectedRow } from './projection-store.ts';

type Doc = Parameters<typeof readTombstones>[0]['doc'];

/** What a record's tables show of it; undefined when the view does not show it. */
export function rowOf(
  projection: CatalogueProjection,
  kind: CatalogueRecordRoot,
  key: string,
): ProjectedRow | undefined {
  const body = tableOf(projection.view(), kind).get(key);
  if (body === undefined) return undefined;
  const record = projection.stored(kind, key);
  const at = record === undefined ? 0 : lastWriteMs(record);
  if (kind !== 'streams') return { kind, key, body, at };
  const members = projection.membersOf(StreamId.parse(key)).filter((member) => member !== key);
  return members.length === 0 ? { kind, key, body, at } : { kind, key, body, at, members };
}

/** Why a record is not shown any more: it was removed, is one with another now, or left for the archive. */
export function goneOf(
  doc: NonNullable<Doc>,
  projection: CatalogueProjection,
  kind: CatalogueRecordRoot,
  key: string,
): GoneRecord {
  if (projection.whole(kind, key) !== undefined) return { kind, key, what: 'merged' };
  const root = doc.getMap<unknown>(kind);
  const removed = readTombstones(root, key, projection.findGenerations(root, key));
  return { kind, key, what: removed.size > 0 ? 'removed' : 'left' };
}

/** Everything that the catalogue shows. */
export function allRows(projection: CatalogueProjection): readonly ProjectedRow[] {
  const view = projection.view();
  return KINDS.flatMap((kind) =>
    [...tableOf(view, kind).values()].flatMap(({ id }) => rowOf(projection, kind, id) ?? []),
  );
}

/** A stream of the archive as the tables show it; undefined for what cannot be read. */
export function rowOfArchived(key: string, record: unknown): ProjectedRow | undefined {
  const read = ArchivedStream.safeParse(record);
  const id = StreamId.safeParse(key);
  if (!read.success || !id.success) return undefined;
  const stored = withoutCleared(read.data);
  const each = Object.entries(stored.fields);
  const entry = readStream(
    id.data,
    birthOf(stored),
    (visit) => each.forEach(([name, { value }]) => visit(name, value)),
    () => undefined,
  );
  return entry === null ? undefined : { kind: 'streams', key, body: entry.view, at: lastWriteMs(stored) };
}

export const KINDS: readonly CatalogueRecordRoot[] = [
  'streams',
  'streamers',
  'locations',
  'ignore',
  'events',
  'walls',
];

type Table = { get(key: string): object | undefined; values(): Iterable<{ readonly id: string }> };

/** Ids of a root, whichever kind they are: what is asked for under a name that is none is not there. */
const tableOf = (view: CatalogueView, kind: CatalogueRecordRoot): Table => view[kind];

/** When a record was last written to, by the word of its writers. */
function lastWriteMs({ births, fields }: StoredRecord): number {
  return Math.max(...births.map(stampMs), ...Object.values(fields).map(({ stamp }) => stampMs(stamp)));
}
