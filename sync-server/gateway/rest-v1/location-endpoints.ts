import { z } from 'zod';
import { LocationFields } from '#shared/document/catalogue-fields.ts';
import type { CatalogueView, LocationView } from '#shared/document/view.ts';
import { LocationId } from '#shared/model/ids.ts';
import type { Account } from '../../accounts/access.ts';
import { HttpRefusal, refusals } from '../http-refusal.ts';
import { endpoint, type Endpoint } from './endpoint.ts';
import { idOfName } from './id-of-name.ts';
import { recordRow } from './record-shape.ts';
import { clearable, Flag, isoTime, metaOf, Page, PageMeta, Time } from './rest-fields.ts';
import { findRecord, type RestParts } from './rest-parts.ts';
import { orRefuse } from './translate-failure.ts';

const text = z.string().nullable();
const LocationShape = z
  .object({
    id: z.int(),
    city: z.string(),
    state_province: text,
    region: text,
    country: text,
    display_name: z.string(),
    full_display_name: z.string(),
    normalized_name: z.string(),
    latitude: z.number().nullable(),
    longitude: z.number().nullable(),
    coordinates: z.array(z.number()).nullable(),
    is_known_city: z.boolean(),
    streams_count: z.int(),
    created_at: Time,
    updated_at: Time,
    locationKey: z.string(),
  })
  .meta({ id: 'Location' });
const OneLocation = z.object({ location: LocationShape });
const Locations = z.object({ locations: z.array(LocationShape) });
const LocationPage = Locations.extend({ meta: PageMeta });
const LocationRow = recordRow<LocationView>();

const LocationInput = z.object({
  city: z.string().trim().min(1).max(120),
  state_province: clearable(120).optional(),
  region: clearable(120).optional(),
  country: clearable(120).optional(),
  latitude: z.number().min(-90).max(90).nullable().optional(),
  longitude: z.number().min(-180).max(180).nullable().optional(),
  is_known_city: z.boolean().optional(),
});
const LocationChanges = LocationInput.partial();
type LocationChanges = z.infer<typeof LocationChanges>;
const LocationQuery = z.object({
  search: z.string().max(200).optional(),
  country: z.string().max(120).optional(),
  state: z.string().max(120).optional(),
  is_known_city: Flag.optional(),
  ...Page.shape,
  per_page: z.coerce.number().int().min(1).max(100).default(20),
});

const ORDER = "r.body->>'city', r.body->>'region' NULLS FIRST, r.id";
const MOST = 10_000;
const core = { tag: 'locations' } as const;

export function locationEndpoints(parts: RestParts): readonly Endpoint[] {
  return [...readEndpoints(parts), ...writeEndpoints(parts)];
}

async function show({ records }: RestParts, key: string) {
  const row = await records.find('locations', key);
  if (row === undefined) throw refusals.notFound();
  return { location: shapeLocation(row) };
}

function readEndpoints(parts: RestParts): readonly Endpoint[] {
  const { records } = parts;
  const list = async (where: readonly (readonly [string, string])[]) => {
    const { rows } = await records.page({ kind: 'locations', where, order: ORDER, limit: MOST, offset: 0 });
    return { body: { locations: rows.map(shapeLocation) } };
  };
  return [
    endpoint({
      ...{ ...core, method: 'get', path: '/locations', summary: 'List and search locations', isKept: true },
      ...{ query: LocationQuery, answers: { 200: LocationPage } },
      handle: async ({ query: { page, per_page, search, country, state, is_known_city } }) => {
        const where = [
          ...(country ? [["lower(r.body->>'country') = $?", country.toLowerCase()] as const] : []),
          ...(state ? [["lower(r.body->>'region') = $?", state.toLowerCase()] as const] : []),
          ...(is_known_city === undefined ? [] : [["r.body->>'known' = $?", String(is_known_city)] as const]),
        ];
        const part = { order: ORDER, limit: per_page, offset: (page - 1) * per_page };
        const { rows, total } = await records.page({ kind: 'locations', search, where, ...part });
        return { body: { locations: rows.map(shapeLocation), meta: metaOf(total, { page, per_page }) } };
      },
    }),
    endpoint({
      ...{ ...core, method: 'get', path: '/locations/all', summary: 'All locations', isKept: true },
      ...{ answers: { 200: Locations }, handle: async () => list([]) },
    }),
    endpoint({
      ...{ ...core, method: 'get', path: '/locations/known_cities', summary: 'Known cities', isKept: true },
      ...{ answers: { 200: Locations }, handle: async () => list([["r.body->>'known' = $?", 'true']]) },
    }),
    endpoint({
      ...{ ...core, method: 'get', path: '/locations/{id}', summary: 'Show a location', isKept: true },
      answers: { 200: OneLocation },
      handle: async ({ params }) => ({
        body: await show(parts, (await findRecord(parts, 'locations', params['id'])).key),
      }),
    }),
  ];
}

function writeEndpoints(parts: RestParts): readonly Endpoint[] {
  const { desk } = parts;
  const put = async (account: Account, key: LocationId | undefined, input: LocationChanges) => {
    const id = await desk.write(account, (pen) => {
      const view = pen.catalogue.view();
      const wanted = key ?? freshId(view, input);
      const fields = fieldsOf(view, wanted, input, account);
      orRefuse(pen.act({ type: 'put-location', id: wanted, fields }));
      return wanted;
    });
    return show(parts, id);
  };
  return [
    endpoint({
      ...{ ...core, method: 'post', path: '/locations', summary: 'Add a location', writes: 'locations' },
      ...{ wrapped: 'location', body: LocationInput, answers: { 201: OneLocation } },
      handle: async ({ body, signedIn }) => ({
        status: 201,
        body: await put(signedIn.account, undefined, body),
      }),
    }),
    ...(['patch', 'put'] as const).map((method) =>
      endpoint({
        ...{ ...core, method, path: '/locations/{id}', summary: 'Change a location', writes: 'locations' },
        ...{ wrapped: 'location', body: LocationChanges, answers: { 200: OneLocation } },
        handle: async ({ params, body, signedIn }) => {
          const { key } = await findRecord(parts, 'locations', params['id']);
          return { body: await put(signedIn.account, LocationId.parse(key), body) };
        },
      }),
    ),
    endpoint({
      ...{
        ...core,
        method: 'delete',
        path: '/locations/{id}',
        summary: 'Remove a location that no stream is at',
      },
      ...{ writes: 'locations', answers: { 204: undefined } },
      handle: async ({ params, signedIn }) => {
        const row = LocationRow.parse(await findRecord(parts, 'locations', params['id']));
        if (row.streams_count > 0) {
          const words = 'Cannot delete record because dependent streams exist';
          throw new HttpRefusal(422, 'in-use', words, { details: { base: [words] } });
        }
        const id = LocationId.parse(row.key);
        await desk.write(signedIn.account, (pen) => orRefuse(pen.act({ type: 'remove-location', id })));
        return {};
      },
    }),
  ];
}

function freshId({ locations }: CatalogueView, input: LocationChanges): LocationId {
  const { city, state_province: state, region, country } = input;
  const name = normalizedName({ city, region: state === undefined ? region : state, country });
  return LocationId.parse(idOfName('location', name, (id) => locations.has(LocationId.parse(id))));
}

function shapeLocation(raw: unknown): z.infer<typeof LocationShape> {
  const { id, body, streams_count, updated_at_ms } = LocationRow.parse(raw);
  const { city, region, country, latitude, longitude } = body;
  const join = (...names: (string | undefined)[]): string => names.filter(Boolean).join(', ');
  return {
    ...{ id, city, state_province: region ?? null, region: null, country: country ?? null },
    display_name: join(city, region, region ? undefined : country),
    full_display_name: join(city, region, country),
    normalized_name: normalizedName(body),
    ...{ latitude: latitude ?? null, longitude: longitude ?? null },
    coordinates: latitude === undefined || longitude === undefined ? null : [latitude, longitude],
    ...{ is_known_city: body.known, streams_count, locationKey: body.id },
    ...{ created_at: isoTime(body.addedAt) ?? '', updated_at: isoTime(updated_at_ms) ?? '' },
  };
}

const normalizedName = ({
  city,
  region,
  country,
}: Readonly<Partial<Record<'city' | 'region' | 'country', string | null | undefined>>>): string =>
  [city, region, country]
    .map((part) => (part ?? '').trim().toLowerCase())
    .filter((part) => part !== '')
    .join(', ');

/** What a location is to be: what there was, with what is said of it. @throws {HttpRefusal} */
function fieldsOf(
  { locations }: CatalogueView,
  id: LocationId,
  input: LocationChanges,
  { role }: Account,
): LocationFields {
  const {
    id: _id,
    addedAt: _at,
    addedBy: _by,
    ...before
  } = locations.get(id) ?? { known: false, id, addedAt: 0 };
  const known = input.is_known_city ?? before.known;
  // A city is known because a person has looked at it.
  if (known !== before.known && role !== 'admin' && role !== 'operator') throw refusals.forbidden();
  const state = input.state_province === undefined ? input.region : input.state_province;
  const said = {
    ...{ city: input.city, region: state, country: input.country },
    ...{ latitude: input.latitude, longitude: input.longitude },
  };
  const joined = {
    ...before,
    known,
    ...Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)),
  };
  const fields = LocationFields.parse(
    Object.fromEntries(Object.entries(joined).filter(([, value]) => value !== null && value !== '')),
  );
  const name = normalizedName(fields);
  const isTaken = [...locations.values()].some((one) => one.id !== id && normalizedName(one) === name);
  if (isTaken) throw refusals.invalid('normalized_name', 'has already been taken');
  return fields;
}
