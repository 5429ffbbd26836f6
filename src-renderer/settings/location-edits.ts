import type { LocationFields } from '#shared/document/catalogue-fields.ts';
import type { CatalogueCommand } from '#shared/document/command.ts';
import type { LocationView, StreamView } from '#shared/document/view.ts';

/** A place in words, from the smallest to the largest. */
export function nameOfLocation({
  city,
  region,
  country,
}: Pick<LocationView, 'city' | 'region' | 'country'>): string {
  return [city, region, country].filter(Boolean).join(', ');
}

/** A place as somebody has written it; what the form does not ask for stays as it was. */
export function writeLocation(
  before: LocationView | null,
  text: Readonly<Record<'city' | 'region' | 'country', string>>,
): LocationFields {
  const [city, region, country] = [text.city.trim(), text.region.trim(), text.country.trim()];
  return {
    city,
    ...(region === '' ? {} : { region }),
    ...(country === '' ? {} : { country }),
    ...(before?.latitude === undefined ? {} : { latitude: before.latitude }),
    ...(before?.longitude === undefined ? {} : { longitude: before.longitude }),
    known: before?.known ?? true,
  };
}

/** What makes one place of two: the streams of `from` are at `into`, which lacks nothing that `from` had, and `from` goes. */
export function mergeLocations(
  from: LocationView,
  into: LocationView,
  streams: readonly Pick<StreamView, 'id'>[],
): readonly CatalogueCommand[] {
  const { id: _from, addedAt: _fromAt, addedBy: _fromBy, ...theirs } = from;
  const { id, addedAt: _at, addedBy: _by, ...own } = into;
  return [
    { type: 'put-location', id, fields: { ...theirs, ...own, known: from.known || into.known } },
    ...streams.map((stream) => ({ type: 'edit-stream', id: stream.id, changes: { location: id } }) as const),
    { type: 'remove-location', id: from.id },
  ];
}
