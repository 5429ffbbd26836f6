import { ArchivedStream } from '#shared/document/archived-stream.ts';
import {
  EventFields,
  IgnoreFields,
  LocationFields,
  StreamerFields,
} from '#shared/document/catalogue-fields.ts';
import { StreamChanges, type CatalogueCommand } from '#shared/document/command.ts';
import type { CatalogueProjection } from '#shared/document/project-catalogue.ts';
import type { CatalogueView, EventView } from '#shared/document/view.ts';
import { EventId, IgnoreId, LocationId, StreamerId, StreamId } from '#shared/model/ids.ts';
import {
  compareRecord,
  differingFields,
  recordOf,
  type Fields,
  type RecordName,
} from './compare-catalogues.ts';

/** A state of the catalogue with its records as they are stored. */
export type Source = Pick<CatalogueProjection, 'view' | 'whole' | 'membersOf'>;

/** What makes a record as it was: none when it is, or was not there. */
export function planBringBack(
  past: Source,
  now: CatalogueView,
  one: RecordName,
): readonly CatalogueCommand[] {
  const difference = compareRecord(past.view(), now, one);
  if (difference === undefined) return [];
  const was = recordOf(past.view(), one.kind, one.id) ?? {};
  const is = recordOf(now, one.kind, one.id);
  if (is === undefined) return createCommands(past, one, was);
  return changeCommands(
    one,
    { ...is, ...pick(was, difference.fields) },
    difference.fields,
    eventOf(now, one),
  );
}

/**
 * What takes back that a record was brought back: all of it that nobody has changed since.
 * @param before how it was until then @param after how it was right after that
 */
export function planTakeBack(
  before: CatalogueView,
  after: CatalogueView,
  now: CatalogueView,
  one: RecordName,
): readonly CatalogueCommand[] {
  const [was, became, is] = [before, after, now].map((view) => recordOf(view, one.kind, one.id));
  if (became === undefined || is === undefined) return [];
  const touched = new Set(differingFields(became, is));
  if (was === undefined) return touched.size === 0 ? [removalOf(one)] : [];
  const fields = differingFields(was, became).filter((field) => !touched.has(field));
  if (fields.length === 0) return [];
  return changeCommands(one, { ...is, ...pick(was, fields) }, fields, eventOf(now, one));
}

/** Fields of a record; null for those that it has not, so that they are cleared. */
const pick = (from: Fields, fields: readonly string[]): Fields =>
  Object.fromEntries(fields.map((field) => [field, from[field] ?? null]));

function createCommands(past: Source, { kind, id }: RecordName, was: Fields): readonly CatalogueCommand[] {
  if (kind === 'streams')
    return past.membersOf(StreamId.parse(id)).flatMap((member): CatalogueCommand[] => {
      const record = ArchivedStream.safeParse(past.whole('streams', member));
      return record.success ? [{ type: 'restore-stream', id: member, record: record.data }] : [];
    });
  if (kind === 'events') {
    const record = ArchivedStream.safeParse(past.whole('events', id));
    return record.success ? [{ type: 'restore-event', id: EventId.parse(id), record: record.data }] : [];
  }
  return changeCommands({ kind, id }, was, Object.keys(was), undefined);
}

/** @param wanted the whole record; null where a field is to be empty @param fields those that differ from what is there */
function changeCommands(
  { kind, id }: RecordName,
  wanted: Fields,
  fields: readonly string[],
  event: EventView | undefined,
): readonly CatalogueCommand[] {
  switch (kind) {
    case 'streams':
      return [
        { type: 'edit-stream', id: StreamId.parse(id), changes: StreamChanges.parse(pick(wanted, fields)) },
      ];
    case 'streamers': {
      const said = only(wanted, StreamerFields.shape);
      return [{ type: 'put-streamer', id: StreamerId.parse(id), fields: StreamerFields.parse(said) }];
    }
    case 'locations': {
      const said = only(wanted, LocationFields.shape);
      return [{ type: 'put-location', id: LocationId.parse(id), fields: LocationFields.parse(said) }];
    }
    case 'ignore': {
      const { type, value, notes = '' } = IgnoreFields.parse(only(wanted, IgnoreFields.shape));
      return [{ type: 'add-ignore', list: type, value, notes }];
    }
    case 'events':
      return eventCommands(EventId.parse(id), wanted, fields, event);
  }
}

function eventCommands(
  id: EventId,
  wanted: Fields,
  fields: readonly string[],
  event: EventView | undefined,
): readonly CatalogueCommand[] {
  const said = EventFields.parse(only(wanted, EventFields.shape));
  const put: CatalogueCommand = { type: 'put-event', id, ...said };
  if (!fields.includes('streams')) return [put];
  const links = (wanted['streams'] ?? {}) as EventView['streams'];
  const gone = Object.keys(event?.streams ?? {}).filter((stream) => !Object.hasOwn(links, stream));
  return [
    put,
    ...gone.map((stream): CatalogueCommand => ({ type: 'unlink-event', id, stream: StreamId.parse(stream) })),
    ...Object.entries(links).map(([stream, { offsetSeconds }]): CatalogueCommand => {
      const link = { type: 'link-event', id, stream: StreamId.parse(stream) } as const;
      return offsetSeconds === undefined ? link : { ...link, offsetSeconds };
    }),
  ];
}

function removalOf({ kind, id }: RecordName): CatalogueCommand {
  switch (kind) {
    case 'streams':
      return { type: 'remove-stream', id: StreamId.parse(id) };
    case 'streamers':
      return { type: 'remove-streamer', id: StreamerId.parse(id) };
    case 'locations':
      return { type: 'remove-location', id: LocationId.parse(id) };
    case 'events':
      return { type: 'remove-event', id: EventId.parse(id) };
    case 'ignore':
      return { type: 'remove-ignore', id: IgnoreId.parse(id) };
  }
}

const eventOf = ({ events }: CatalogueView, { kind, id }: RecordName): EventView | undefined =>
  kind === 'events' ? events.get(EventId.parse(id)) : undefined;

/** The fields that a schema knows and the record has. */
const only = (record: Fields, shape: Fields): Fields =>
  Object.fromEntries(
    Object.entries(record).filter(([name, value]) => Object.hasOwn(shape, name) && value !== null),
  );
