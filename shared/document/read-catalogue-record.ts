import { type Stamp, stampMs } from '../kernel/stamp.ts';
import type { ActorId, EventId, IgnoreId, LocationId, StreamerId, StreamId, WallId } from '../model/ids.ts';
import { Platform } from '../model/stream.ts';
import { IgnoreList, MAX_ACCOUNTS, MAX_EVENT_STREAMS, type StreamerAccount } from './catalogue-fields.ts';
import {
  type FieldCheck,
  isActor,
  isBoolean,
  isId,
  isLink,
  isName,
  isNumber,
  isOneOf,
  isText,
  isTime,
  isWhole,
} from './field-checks.ts';
import type { Report } from './read-stream.ts';
import { bareObject, birthOf, type StoredField, type StoredRecord } from './stored-value.ts';
import type { EventView, IgnoreView, LocationView, StreamerView, WallEntryView } from './view.ts';

/** Fields under which a streamer's accounts and an event's streams stand, one each, so that two desks can each add one. */
export const ACCOUNT_PREFIX = 'a:';
export const EVENT_STREAM_PREFIX = 's:';

export function accountField({ platform, username }: { platform: string; username: string }): string {
  return `${ACCOUNT_PREFIX}${platform}/${username}`;
}

/** A record's view with its age, which decides who is shown when there are too many. */
export type Entry<V> = { readonly birth: Stamp; readonly view: V };

/** The checks of a kind of record's fields, and those without which it is not shown. */
export type RecordChecks = {
  readonly fields: Readonly<Record<string, FieldCheck>>;
  readonly required: readonly string[];
};

const added = { addedBy: isActor, addedAt: isTime };

export const STREAMER_CHECKS: RecordChecks = {
  fields: {
    name: isName(255),
    notes: isText(10_000),
    postedBy: isText(255),
    priority: isWhole(0, 100),
    ...added,
  },
  required: ['name'],
};
export const LOCATION_CHECKS: RecordChecks = {
  fields: {
    city: isName(120),
    region: isText(120),
    country: isText(120),
    latitude: isNumber(-90, 90),
    longitude: isNumber(-180, 180),
    known: isBoolean,
    ...added,
  },
  required: ['city'],
};
export const IGNORE_CHECKS: RecordChecks = {
  fields: { type: isOneOf(IgnoreList.options), value: isName(2048), notes: isText(10_000), ...added },
  required: ['type', 'value'],
};
export const EVENT_CHECKS: RecordChecks = {
  fields: { title: isName(200, 3), description: isText(2000), at: isTime, ...added },
  required: ['title', 'at'],
};
export const WALL_CHECKS: RecordChecks = {
  fields: { name: isName(80), archived: isBoolean, ...added },
  required: ['name'],
};

export function readStreamer(
  id: StreamerId,
  record: StoredRecord,
  report: Report,
): Entry<StreamerView> | null {
  const accounts = readEach(record, ACCOUNT_PREFIX, MAX_ACCOUNTS, 'an account', readAccount, report);
  const entry = readFields<Omit<StreamerView, 'accounts'>>(
    id,
    record,
    STREAMER_CHECKS,
    report,
    ACCOUNT_PREFIX,
  );
  return entry && { ...entry, view: { ...entry.view, accounts: [...accounts.values()] } };
}

export function readLocation(
  id: LocationId,
  record: StoredRecord,
  report: Report,
): Entry<LocationView> | null {
  const entry = readFields<LocationView>(id, record, LOCATION_CHECKS, report);
  return entry && { ...entry, view: { ...entry.view, known: entry.view.known ?? false } };
}

export function readIgnore(id: IgnoreId, record: StoredRecord, report: Report): Entry<IgnoreView> | null {
  return readFields<IgnoreView>(id, record, IGNORE_CHECKS, report);
}

export function readEvent(id: EventId, record: StoredRecord, report: Report): Entry<EventView> | null {
  const read = (name: string, value: unknown) => (isId(name) ? readEventStream(value) : null);
  const streams = readEach(record, EVENT_STREAM_PREFIX, MAX_EVENT_STREAMS, 'a stream of it', read, report);
  const entry = readFields<Omit<EventView, 'streams'>>(id, record, EVENT_CHECKS, report, EVENT_STREAM_PREFIX);
  return entry && { ...entry, view: { ...entry.view, streams: toRecord(streams) } };
}

export function readWallEntry(id: WallId, record: StoredRecord, report: Report): Entry<WallEntryView> | null {
  const entry = readFields<WallEntryView>(id, record, WALL_CHECKS, report);
  return entry && { ...entry, view: { ...entry.view, archived: entry.view.archived ?? false } };
}

/** The fields that pass their checks; null when one is missing that must be there. Prefixed fields are read elsewhere. */
function readFields<V>(
  id: string,
  { births, fields }: StoredRecord,
  { fields: checks, required }: RecordChecks,
  report: Report,
  prefix?: string,
): Entry<V> | null {
  const birth = birthOf({ births });
  const view: Record<string, unknown> = { id, addedAt: stampMs(birth) };
  for (const [name, { value }] of Object.entries(fields)) {
    const check = Object.hasOwn(checks, name) ? checks[name] : undefined;
    if (check?.(value)) view[name] = value;
    else if (check !== undefined) report(`its ${name} cannot be read`);
    else if (prefix === undefined || !name.startsWith(prefix)) report('a field is not known');
  }
  const missing = required.find((name) => !(name in view));
  if (missing !== undefined) return (report(`it has no ${missing} that can be read`), null);
  return { birth, view: view as V };
}

/** Fields of a prefix, sorted by name; what cannot be read or is too much is reported. */
function readEach<T>(
  { fields }: StoredRecord,
  prefix: string,
  max: number,
  what: string,
  read: (name: string, value: unknown) => T | null,
  report: Report,
): ReadonlyMap<string, T> {
  const found = new Map<string, T>();
  const named = Object.entries<StoredField>(fields).filter(([name]) => name.startsWith(prefix));
  for (const [name, { value }] of named.sort(([a], [b]) => (a < b ? -1 : 1))) {
    const part = read(name.slice(prefix.length), value);
    if (part === null) report(`${what} cannot be read`);
    else if (found.size >= max) report(`${what} is one more than ${max}`);
    else found.set(name.slice(prefix.length), part);
  }
  return found;
}

const isPlatform = isOneOf(Platform.options);
const isUsername = isName(120);

function readAccount(name: string, value: unknown): StreamerAccount | null {
  const slash = name.indexOf('/');
  const [platform, username] = [name.slice(0, slash), name.slice(slash + 1)];
  if (!isPlatform(platform) || !isUsername(username) || typeof value !== 'object' || value === null)
    return null;
  const { active, url } = value as { active?: unknown; url?: unknown };
  if (typeof active !== 'boolean' || !(url === undefined || isLink(url))) return null;
  const account = { platform, username, active } as StreamerAccount;
  return url === undefined
    ? account
    : { ...account, profileUrl: url as NonNullable<StreamerAccount['profileUrl']> };
}

const isOffset = isNumber(0, 1e7);

type EventStream = EventView['streams'][StreamId];

function readEventStream(value: unknown): EventStream | null {
  if (typeof value !== 'object' || value === null) return null;
  const { offset, by } = value as { offset?: unknown; by?: unknown };
  if (!(offset === undefined || isOffset(offset)) || !(by === undefined || isActor(by))) return null;
  return {
    ...(offset === undefined ? {} : { offsetSeconds: offset as number }),
    ...(by === undefined ? {} : { addedBy: by as ActorId }),
  };
}

/** An object without a prototype, for ids may spell the name of one. */
export function toRecord<T>(map: ReadonlyMap<string, T>): Readonly<Record<string, T>> {
  const record = bareObject<T>();
  for (const [key, value] of map) record[key] = value;
  return record;
}
