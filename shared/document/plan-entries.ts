import type { StreamId } from '../model/ids.ts';
import { identityOf } from './account-book.ts';
import {
  type CataloguePlan,
  type CatalogueState,
  clearField,
  plan,
  refuse,
  refuseIfFull,
  setField,
} from './catalogue-plan.ts';
import { MAX_EVENT_STREAMS } from './catalogue-fields.ts';
import type { CatalogueRecordRoot } from './catalogue-tables.ts';
import type { CatalogueCommand } from './command.ts';
import { ignoreIdOf, ignoreValue } from './ignore-rule.ts';
import type { CommandContext, Op } from './op.ts';
import { pastOps } from './past-ops.ts';
import { ACCOUNT_PREFIX, accountField, EVENT_STREAM_PREFIX, readEvent } from './read-catalogue-record.ts';
import type { Plain } from './stored-value.ts';

type CommandOf<T extends CatalogueCommand['type']> = Extract<CatalogueCommand, { type: T }>;

/** What is wanted of a record: a value for each field, or nothing where the field is to be empty. */
type Wanted = Readonly<Record<string, Plain | undefined>>;

/** Makes a record be as wanted: creates it, or changes the fields that differ. Fields not spoken of stay. */
function planPut(
  state: CatalogueState,
  root: CatalogueRecordRoot,
  id: string,
  wanted: Wanted,
  { actor }: CommandContext,
): CataloguePlan {
  const set = Object.entries(wanted).filter((entry): entry is [string, Plain] => entry[1] !== undefined);
  if (state.stored(root, id) === undefined) {
    const fields = { ...Object.fromEntries(set), addedBy: actor };
    return refuseIfFull(state, root) ?? plan({ type: 'create-record', root, id, fields });
  }
  const cleared = Object.keys(wanted).filter((field) => wanted[field] === undefined);
  return plan(
    ...set.map(([field, value]) => setField(root, id, field, value)),
    ...cleared.map((field) => clearField(root, id, field)),
  );
}

export function planRemoval(state: CatalogueState, root: CatalogueRecordRoot, id: string): CataloguePlan {
  if (state.stored(root, id) === undefined)
    return refuse('not-found', 'That is not there any more; somebody removed it.');
  return plan({ type: 'remove-record', root, id });
}

export function planStreamer(
  state: CatalogueState,
  command: CommandOf<'put-streamer'>,
  context: CommandContext,
): CataloguePlan {
  const { accounts, name, notes, postedBy, priority } = command.fields;
  const taken = takenAccount(state, command);
  if (taken !== undefined) return refuse('invalid', taken);
  const stored = Object.keys(state.stored('streamers', command.id)?.fields ?? {});
  const gone = stored
    .filter((field) => field.startsWith(ACCOUNT_PREFIX))
    .map((field) => [field, undefined] as const);
  const kept = accounts.map((account): readonly [string, Plain] => {
    const { active, profileUrl } = account;
    return [accountField(account), profileUrl === undefined ? { active } : { active, url: profileUrl }];
  });
  const wanted = { name, notes, postedBy, priority, ...Object.fromEntries([...gone, ...kept]) };
  return planPut(state, 'streamers', command.id, wanted, context);
}

/** Why a streamer cannot have one of these accounts, if another is shown with it. */
function takenAccount(
  state: CatalogueState,
  { id, fields: { accounts } }: CommandOf<'put-streamer'>,
): string | undefined {
  const wanted = new Map(accounts.map((account) => [identityOf(account), account]));
  if (wanted.size === 0) return undefined;
  for (const other of state.view().streamers.values()) {
    if (other.id === id) continue;
    const known = other.accounts.find((account) => wanted.has(identityOf(account)));
    if (known !== undefined)
      return `The account ${known.platform} ${known.username} belongs to “${other.name}”. Take it away there first.`;
  }
  return undefined;
}

export function planLocation(
  state: CatalogueState,
  { id, fields }: CommandOf<'put-location'>,
  context: CommandContext,
): CataloguePlan {
  const { city, region, country, latitude, longitude, known } = fields;
  return planPut(state, 'locations', id, { city, region, country, latitude, longitude, known }, context);
}

export function planIgnore(
  state: CatalogueState,
  command: CommandOf<'add-ignore'>,
  context: CommandContext,
): CataloguePlan {
  const { list, notes } = command;
  const value = ignoreValue(list, command.value);
  if (value === '') return refuse('invalid', 'That says nothing to be ignored.');
  const wanted = { type: list, value, ...(notes === undefined ? {} : { notes }) };
  return planPut(state, 'ignore', ignoreIdOf(list, value), wanted, context);
}

export function planEvent(
  state: CatalogueState,
  command: CommandOf<'put-event'>,
  context: CommandContext,
): CataloguePlan {
  const { title, description, at } = command;
  return planPut(state, 'events', command.id, { title, description, at }, context);
}

/** Brings an event back from the archive, as old as it was; one that is there already gets what it lacks. */
export function planEventRestore(
  state: CatalogueState,
  { id, record }: CommandOf<'restore-event'>,
): CataloguePlan {
  if (readEvent(id, record, () => {}) === null)
    return refuse('invalid', 'What the archive has of that event cannot be read.');
  if (state.whole('events', id) !== undefined) return plan(...pastOps(state, 'events', id, record));
  return (
    refuseIfFull(state, 'events') ??
    plan({ type: 'restore-record', root: 'events', id, record, reborn: true })
  );
}

export function planEventLink(
  state: CatalogueState,
  { id, stream, offsetSeconds }: CommandOf<'link-event'>,
  { actor }: CommandContext,
): CataloguePlan {
  const event = state.view().events.get(id);
  if (event === undefined)
    return refuse('not-found', 'That event is not there any more; somebody removed it.');
  const shown = state.view().resolve(stream);
  const linked = Object.hasOwn(event.streams, shown) ? event.streams[shown] : undefined;
  if (linked !== undefined && linked.offsetSeconds === offsetSeconds) return plan();
  if (linked === undefined && Object.keys(event.streams).length >= MAX_EVENT_STREAMS)
    return refuse('limit', `An event can be seen in at most ${MAX_EVENT_STREAMS} streams.`);
  const value: Plain = offsetSeconds === undefined ? { by: actor } : { offset: offsetSeconds, by: actor };
  const others = linkedAs(state, id, stream).filter((field) => field !== EVENT_STREAM_PREFIX + shown);
  return plan(
    setField('events', id, EVENT_STREAM_PREFIX + shown, value),
    ...others.map((field) => clearField('events', id, field)),
  );
}

export function planEventUnlink(
  state: CatalogueState,
  { id, stream }: CommandOf<'unlink-event'>,
): CataloguePlan {
  return plan(...linkedAs(state, id, stream).map((field): Op => clearField('events', id, field)));
}

/** The fields of an event that speak of a stream, under whichever of its ids. */
function linkedAs(state: CatalogueState, event: string, stream: StreamId): readonly string[] {
  const { resolve } = state.view();
  return Object.keys(state.stored('events', event)?.fields ?? {}).filter(
    (field) =>
      field.startsWith(EVENT_STREAM_PREFIX) &&
      resolve(field.slice(EVENT_STREAM_PREFIX.length) as StreamId) === resolve(stream),
  );
}

export function planWallCreation(
  state: CatalogueState,
  { id, name }: CommandOf<'create-wall'>,
  context: CommandContext,
): CataloguePlan {
  if (state.stored('walls', id) !== undefined) return refuse('unchanged', 'That wall is there already.');
  return planPut(state, 'walls', id, { name, archived: false }, context);
}

export function planWallChange(
  state: CatalogueState,
  id: string,
  field: 'name' | 'archived',
  value: Plain,
): CataloguePlan {
  if (state.stored('walls', id) === undefined) return refuse('not-found', 'That wall is not there any more.');
  return plan(setField('walls', id, field, value));
}
