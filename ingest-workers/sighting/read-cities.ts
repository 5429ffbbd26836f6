import { z } from 'zod';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { KnownCity } from '#shared/model/city-index.ts';

const name = z.string().trim().min(1).max(120);
const region = z.string().max(120).nullish();

const City = z.union([
  z.tuple([name, region]).transform(([city, where]) => ({ city, region: where })),
  z.tuple([name]).transform(([city]) => ({ city, region: null })),
  z
    .object({ city: name, region, state: region, state_province: region })
    .transform((row) => ({ city: row.city, region: row.region ?? row.state ?? row.state_province })),
]);

/**
 * Known cities from a JSON text: a list of `[city, region]`, or of objects with `city` and `region` (or `state`). The
 * region is a postal code or a name and may be absent.
 * @returns or a sentence that says what cannot be read
 */
export function readCities(text: string): Result<readonly KnownCity[], string> {
  const json = parseJson(text);
  if (!json.ok) return json;
  const rows = z.array(z.unknown()).safeParse(json.value);
  if (!rows.success) return fail('it is no list of cities');
  const cities: KnownCity[] = [];
  for (const [index, row] of rows.data.entries()) {
    const city = City.safeParse(row);
    if (!city.success) return fail(`entry ${index + 1} is neither [city, region] nor {"city", "region"}`);
    cities.push(
      city.data.region == null
        ? { city: city.data.city }
        : { city: city.data.city, region: city.data.region },
    );
  }
  return ok(cities);
}

function parseJson(text: string): Result<unknown, string> {
  try {
    return ok(JSON.parse(text.replace(/^\uFEFF/, '')));
  } catch (error) {
    return fail(error instanceof Error ? error.message : 'it is not JSON');
  }
}
