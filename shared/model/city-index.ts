import { aliases } from './city-words.ts';
import { foldWords } from './place-words.ts';
import { stateOfCode, stateOfName } from './us-states.ts';

/** A city as the operators list it. The region is a postal code, a state's name, or what other countries call theirs. */
export type KnownCity = { readonly city: string; readonly region?: string };

/** A place as far as a text tells it; `region` is a US postal code where there is one. */
export type Place = { readonly city: string | null; readonly region: string | null };

export type CityName = {
  /** How many words the name has. */
  readonly words: number;
  /** Every known city of that name; several differ in their regions. */
  readonly places: readonly { readonly city: string; readonly region: string | null }[];
  /** Absent for a city's own name. */
  readonly written?: 'any' | 'capitals' | 'capital';
};

/** Known cities, ready to be looked up in texts. Make it once and keep it: it is as large as the list. */
export type CityIndex = {
  /** By folded words with single spaces; the names of a city and the nicknames that are safe for it. */
  readonly names: ReadonlyMap<string, CityName>;
  /** By folded letters without spaces, for hashtags. */
  readonly hashtags: ReadonlyMap<string, CityName>;
  readonly maxWords: number;
};

const MAX_CITIES = 50_000;
const MAX_NAME_WORDS = 8;

export function indexCities(cities: Iterable<KnownCity>): CityIndex {
  const names = new Map<string, CityName>();
  let count = 0;
  for (const { city, region } of cities) {
    count += 1;
    const words = foldWords(city);
    if (count > MAX_CITIES || words.length === 0 || words.length > MAX_NAME_WORDS) continue;
    addCity(names, words, { city: city.trim(), region: regionOf(region ?? '') });
  }
  addAliases(names);
  const hashtags = new Map([...names].map(([name, value]) => [name.replaceAll(' ', ''), value] as const));
  const maxWords = [...names.values()].reduce((most, { words }) => Math.max(most, words), 1);
  return { names, hashtags, maxWords };
}

function addCity(
  names: Map<string, CityName>,
  words: readonly string[],
  place: CityName['places'][number],
): void {
  const name = words.join(' ');
  const places = names.get(name)?.places ?? [];
  if (places.some(({ region }) => sameRegion(region, place.region))) return;
  names.set(name, { words: words.length, places: [...places, place] });
}

/** A nickname counts only while its city is known, and never instead of a city's own name. */
function addAliases(names: Map<string, CityName>): void {
  for (const [alias, city, region, written] of aliases) {
    const place = names.get(city)?.places.find((known) => known.region === region);
    if (place && !names.has(alias))
      names.set(alias, { words: alias.split(' ').length, places: [place], written });
  }
}

/** A state by its code or name becomes the code; anything else stays as it is written. */
export function regionOf(text: string): string | null {
  const trimmed = text.trim();
  return (
    stateOfCode(trimmed) ?? stateOfName(foldWords(trimmed).join(' ')) ?? (trimmed === '' ? null : trimmed)
  );
}

const sameRegion = (a: string | null, b: string | null) =>
  (a ?? '').toLowerCase() === (b ?? '').toLowerCase();
