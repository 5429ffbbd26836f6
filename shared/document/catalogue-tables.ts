import type * as Y from 'yjs';
import type { Stamp } from '../kernel/stamp.ts';
import type { EventId, IgnoreId, LocationId, StreamerId, StreamId, WallId } from '../model/ids.ts';
import { CATALOGUE_ROOTS, type CatalogueRoot } from './document-shape.ts';
import { DOCUMENT_VERSION, readVersion } from './document-version.ts';
import { createLiveRecords, type LiveRecords } from './live-records.ts';
import { mergeCopies } from './merge-copies.ts';
import {
  readEvent,
  readIgnore,
  readLocation,
  readStreamer,
  readWallEntry,
  toRecord,
} from './read-catalogue-record.ts';
import { readStream, type Report, type StreamEntry } from './read-stream.ts';
import { BIRTH_KEY, type Copy, readCopy, readRecord } from './record-root.ts';
import { ShownStreamers } from './show-streamers.ts';
import { ShownStreams } from './show-streams.ts';
import { ShownTable } from './shown-table.ts';
import { birthOf, isFieldName, type StoredRecord, valueOf, withoutCleared } from './stored-value.ts';
import type { CatalogueView, EventView } from './view.ts';

/** The roots of a catalogue that hold records. */
export type CatalogueRecordRoot = Exclude<CatalogueRoot, 'meta'>;

export const CATALOGUE_RECORD_ROOTS: readonly CatalogueRecordRoot[] = Object.entries(CATALOGUE_ROOTS).flatMap(
  ([root, shape]) => (shape === 'records' ? [root as CatalogueRecordRoot] : []),
);

/** The ids whose view is another now, by root; roots where there is none are absent. */
export type ChangedIds = { readonly [R in CatalogueRecordRoot]?: ReadonlySet<string> };

export type CatalogueTables = {
  readonly records: Readonly<Record<CatalogueRecordRoot, LiveRecords<{ readonly birth: Stamp }>>>;
  readonly streams: ShownStreams;
  readonly streamers: ShownStreamers;
  readonly refresh: () => ChangedIds;
  readonly tables: () => Omit<CatalogueView, 'problems' | 'problemCounts'>;
};

/** Reads the whole document. Nothing of it is trusted, nothing throws. */
export function createCatalogueTables(doc: Y.Doc): CatalogueTables {
  const knowsAll = readVersion(doc).version <= DOCUMENT_VERSION;
  const live = <Id, E extends { readonly birth: Stamp }>(
    root: CatalogueRecordRoot,
    read: (id: Id, record: StoredRecord, report: Report) => E | null,
  ) =>
    createLiveRecords(root, doc.getMap<unknown>(root), (id, copies, report) =>
      read(id as Id, readWhole(copies, report), knowsAll ? report : silenced(report)),
    );
  const records = {
    streams: createLiveRecords('streams', doc.getMap<unknown>('streams'), (id, copies, report) =>
      readStreamCopies(id as StreamId, copies, report, knowsAll),
    ),
    streamers: live<StreamerId, NonNullable<ReturnType<typeof readStreamer>>>('streamers', readStreamer),
    locations: live<LocationId, NonNullable<ReturnType<typeof readLocation>>>('locations', readLocation),
    ignore: live<IgnoreId, NonNullable<ReturnType<typeof readIgnore>>>('ignore', readIgnore),
    events: live<EventId, NonNullable<ReturnType<typeof readEvent>>>('events', readEvent),
    walls: live<WallId, NonNullable<ReturnType<typeof readWallEntry>>>('walls', readWallEntry),
  };
  const streams = new ShownStreams(records.streams, (id) =>
    readRecord(doc.getMap<unknown>('streams'), id, records.streams.generationsOf(id)),
  );
  const streamers = new ShownStreamers(records.streamers);
  const simple = {
    locations: new ShownTable<LocationId, CatalogueEntry<'locations'>>(records.locations),
    ignore: new ShownTable<IgnoreId, CatalogueEntry<'ignore'>>(records.ignore),
    walls: new ShownTable<WallId, CatalogueEntry<'walls'>>(records.walls),
  };
  const events = new ShownTable<EventId, EventView>(records.events, (event) =>
    followStreams(event, streams.lookup().resolve),
  );

  return {
    records,
    streams,
    streamers,
    refresh() {
      const { changed, regrouped } = streams.refresh();
      const allEvents = regrouped ? records.events.ids().map((id) => id as EventId) : [];
      const refreshed = {
        streams: changed,
        streamers: streamers.refresh(),
        locations: simple.locations.refresh(),
        ignore: simple.ignore.refresh(),
        events: events.refresh(allEvents),
        walls: simple.walls.refresh(),
      };
      return Object.fromEntries(Object.entries(refreshed).filter(([, ids]) => ids.size > 0));
    },
    tables: () => ({
      streams: streams.table(),
      streamers: streamers.table(),
      locations: simple.locations.table(),
      ignore: simple.ignore.table(),
      events: events.table(),
      walls: simple.walls.table(),
      ...streams.lookup(),
    }),
  };
}

type CatalogueEntry<R extends CatalogueRecordRoot> = CatalogueView[R] extends {
  get(key: never): infer V;
}
  ? NonNullable<V>
  : never;

/** One copy, the usual case, is read without making it whole first. */
function readStreamCopies(
  id: StreamId,
  copies: readonly Copy[],
  report: Report,
  knowsAll: boolean,
): StreamEntry | null {
  const [copy, another] = copies;
  if (copy === undefined) return null;
  if (another !== undefined) {
    const { births, fields } = readWhole(copies, report);
    const each = Object.entries(fields);
    return readStream(
      id,
      birthOf({ births }),
      (visit) => each.forEach(([name, field]) => visit(name, field.value)),
      report,
      knowsAll,
    );
  }
  const eachField = (visit: (name: string, value: unknown) => void) =>
    copy.map.forEach((stored, name) => {
      if (name === BIRTH_KEY) return;
      const value = valueOf(stored);
      if (value !== null) visit(name, value);
    });
  return readStream(id, birthOf(copy), eachField, report, knowsAll);
}

/** All copies as one; what is not plain is reported and left out. */
function readWhole(copies: readonly Copy[], report: Report): StoredRecord {
  const whole = copies.map(readCopy);
  copies.forEach((copy, i) =>
    copy.map.forEach((_, name) => {
      if (name !== BIRTH_KEY && !(isFieldName(name) && name in (whole[i]?.fields ?? {})))
        report('a field cannot be read');
    }),
  );
  return withoutCleared(mergeCopies(whole));
}

/** Fields that this program does not know belong to a newer one. */
function silenced(report: Report): Report {
  return (reason) => {
    if (reason !== 'a field is not known') report(reason);
  };
}

/** An event names streams by the ids that they are shown by. */
function followStreams(event: EventView, resolve: CatalogueView['resolve']): EventView {
  const entries = Object.entries(event.streams) as [StreamId, EventView['streams'][StreamId]][];
  if (entries.every(([id]) => resolve(id) === id)) return event;
  return { ...event, streams: toRecord(new Map(entries.map(([id, place]) => [resolve(id), place]))) };
}
