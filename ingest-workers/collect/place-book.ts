import type { CatalogueView, LocationView } from '#shared/document/view.ts';
import { indexCities, regionOf, type CityIndex, type Place } from '#shared/model/city-index.ts';
import type { SightedFields } from './verdict.ts';

/** The places that the operators know, ready for reading messages. */
export type PlaceBook = {
  readonly cities: CityIndex;
  /** A place as a stream's fields, with what is known of it beyond its name. */
  readonly fieldsOf: (place: Place) => SightedFields;
};

/** Made anew when the catalogue's locations have changed. */
export function createPlaceBook({ locations }: Pick<CatalogueView, 'locations'>): PlaceBook {
  const known = [...locations.values()].filter((location) => location.known);
  const byName = new Map(known.map((location) => [keyOf(location.city, location.region), location]));
  const cities = indexCities(
    known.map(({ city, region }) => (region === undefined ? { city } : { city, region })),
  );
  return {
    cities,
    fieldsOf({ city, region }) {
      const location = city === null ? undefined : byName.get(keyOf(city, region ?? undefined));
      return {
        ...(city === null ? {} : { city: city.slice(0, 120) }),
        ...(region === null ? {} : { region: region.slice(0, 120) }),
        ...(location === undefined ? {} : detailsOf(location)),
      };
    },
  };
}

function detailsOf({ id, country, latitude, longitude }: LocationView): SightedFields {
  return {
    location: id,
    ...(country === undefined ? {} : { country }),
    ...(latitude === undefined || longitude === undefined ? {} : { latitude, longitude }),
  };
}

/** Operators write regions as codes or as names; messages are read as codes. */
const keyOf = (city: string, region: string | undefined) => JSON.stringify([city, regionOf(region ?? '')]);
