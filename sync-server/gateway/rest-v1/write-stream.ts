import type { StreamChanges } from '#shared/document/command.ts';
import type { CatalogueView, LocationView } from '#shared/document/view.ts';
import { LocationId, StreamerId, type StreamId } from '#shared/model/ids.ts';
import { Link } from '#shared/model/stream.ts';
import { readStreamUrl, streamIdOf, type StreamUrl } from '#shared/model/stream-url.ts';
import type { Pen } from '../../projection/catalogue-desk.ts';
import { ignoredBy } from '../../retirement/plan-lifecycle.ts';
import type { Pause } from '../../flags/decide-flags.ts';
import { HttpRefusal, refusals } from '../http-refusal.ts';
import { idOfName } from './id-of-name.ts';
import { changesOf, type NewStreamInput, type PlaceInput, type StreamChangesInput } from './stream-input.ts';
import { orRefuse } from './translate-failure.ts';

/** What ids of the request mean, looked up before anything is written. */
export type Named = {
  readonly streamer?: StreamerId | null;
  readonly location?: LocationId | null;
};

/** @throws {HttpRefusal} 422 that says why this is no link to a stream */
export function readLink(text: string): StreamUrl {
  const read = readStreamUrl(text);
  if (!read.ok) throw refusals.invalid('link', read.error.message);
  return read.value;
}

/** Platforms of which nothing new is taken now, and why. */
export type PausedPlatforms = ReadonlyMap<string, Pause>;

/**
 * Adds a stream, or brings the one that has its link up to date. For everybody: what is on an ignore list is refused, and
 * what is new of a platform that is switched off.
 * @throws {HttpRefusal}
 */
export function addStream(
  pen: Pen,
  input: NewStreamInput,
  named: Named,
  paused: PausedPlatforms,
): { key: StreamId; isNew: boolean } {
  const url = readLink(input.link);
  const view = pen.catalogue.view();
  const rule = ignoredBy(view, url, input);
  if (rule !== undefined) throw new HttpRefusal(422, 'ignored', `This is on the ignore list: ${rule}.`);
  const known = view.resolve(streamIdOf(url.url));
  const isNew = !view.streams.has(known);
  if (isNew) refusePaused(url, paused);
  const changes = settleChanges(pen, input, named, isNew ? url : undefined);
  const { archived, ...atFirst } = changes;
  orRefuse(
    pen.act({
      type: 'add-stream',
      link: Link.parse(url.url),
      fields: isNew ? withoutNull(atFirst) : atFirst,
    }),
    'link',
  );
  if (archived === true) orRefuse(pen.act({ type: 'edit-stream', id: known, changes: { archived } }));
  return { key: known, isNew };
}

/** @throws {HttpRefusal} */
function refusePaused({ platform }: StreamUrl, paused: PausedPlatforms): void {
  const pause = paused.get(platform);
  if (pause === undefined) return;
  const said = `An admin has switched ${platform} off: nothing new of it is taken.`;
  throw new HttpRefusal(
    422,
    'platform-switched-off',
    pause.words === '' ? said : `${said} (${pause.words})`,
    { details: { link: [said] } },
  );
}

/** @throws {HttpRefusal} */
export function changeStream(pen: Pen, key: StreamId, input: StreamChangesInput, named: Named): void {
  const changes = settleChanges(pen, input, named, undefined);
  if (Object.keys(changes).length === 0) return;
  orRefuse(pen.act({ type: 'edit-stream', id: key, changes }));
}

/** The changes with what follows from them: a place that is known, a streamer by name or by account. */
function settleChanges(
  pen: Pen,
  input: StreamChangesInput,
  named: Named,
  fresh: StreamUrl | undefined,
): StreamChanges {
  const changes = { ...changesOf(input) };
  const view = pen.catalogue.view();
  if (named.streamer !== undefined) changes.streamer = named.streamer;
  else if (input.streamer_name !== undefined) changes.streamer = streamerByName(pen, input.streamer_name);
  else if (fresh !== undefined) {
    const streamer = streamerOfAccount(view, fresh);
    if (streamer !== undefined) changes.streamer = streamer;
  }
  const place =
    named.location === undefined || named.location === null ? undefined : view.locations.get(named.location);
  if (named.location === null) changes.location = null;
  else if (place !== undefined) Object.assign(changes, placeChanges(place));
  else if (input.location !== undefined && input.location !== null)
    Object.assign(changes, placeChanges(locationFor(pen, input.location)));
  else if (input.city !== undefined || input.state !== undefined)
    changes.location = knownPlace(view, input)?.id ?? null;
  return changes;
}

const placeChanges = ({ id, city, region, country, latitude, longitude }: LocationView): StreamChanges => ({
  ...{ location: id, city, region: region ?? null, country: country ?? null },
  ...(latitude === undefined || longitude === undefined ? {} : { latitude, longitude }),
});

const fold = (text: string | null | undefined): string => (text ?? '').trim().toLowerCase();

/** Free text makes no locations; it is tied to one that a person has checked. */
function knownPlace(
  { locations }: CatalogueView,
  { city, state }: StreamChangesInput,
): LocationView | undefined {
  if (fold(city) === '') return undefined;
  return [...locations.values()].find(
    (one) =>
      one.known && fold(one.city) === fold(city) && (fold(state) === '' || fold(one.region) === fold(state)),
  );
}

function locationFor(pen: Pen, { city, state_province, region, country, ...at }: PlaceInput): LocationView {
  const state = state_province ?? region ?? undefined;
  const find = (): LocationView | undefined =>
    [...pen.catalogue.view().locations.values()].find(
      (one) =>
        fold(one.city) === fold(city) &&
        fold(one.region) === fold(state) &&
        fold(one.country) === fold(country),
    );
  const known = find();
  if (known !== undefined) return known;
  const { latitude, longitude } = at;
  const fields = {
    ...{ city, known: false },
    ...(fold(state) === '' ? {} : { region: state }),
    ...(fold(country) === '' ? {} : { country: country ?? undefined }),
    ...(latitude == null || longitude == null ? {} : { latitude, longitude }),
  };
  const name = [fields.city, fields.region, fields.country].map(fold).filter((part) => part !== '');
  const { locations } = pen.catalogue.view();
  const id = idOfName('location', name.join(', '), (one) => locations.has(LocationId.parse(one)));
  orRefuse(pen.act({ type: 'put-location', id: LocationId.parse(id), fields }), 'location');
  const made = find();
  if (made === undefined) throw refusals.invalid('location', 'could not be added');
  return made;
}

export const freshStreamerId = (streamers: CatalogueView['streamers'], name: string): StreamerId =>
  StreamerId.parse(idOfName('streamer', fold(name), (id) => streamers.has(StreamerId.parse(id))));

function streamerByName(pen: Pen, name: string): StreamerId {
  const { streamers } = pen.catalogue.view();
  const known = [...streamers.values()].find((one) => fold(one.name) === fold(name));
  if (known !== undefined) return known.id;
  const id = freshStreamerId(streamers, name);
  orRefuse(pen.act({ type: 'put-streamer', id, fields: { name, accounts: [] } }), 'streamer_name');
  return id;
}

function streamerOfAccount({ streamers }: CatalogueView, url: StreamUrl): StreamerId | undefined {
  const { platform, username } = url;
  if (username === undefined) return undefined;
  return [...streamers.values()].find(({ accounts }) =>
    accounts.some((one) => one.platform === platform && fold(one.username) === fold(username)),
  )?.id;
}

/** A new stream has nothing to be cleared. */
function withoutNull(changes: StreamChanges): StreamChanges {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== null));
}
