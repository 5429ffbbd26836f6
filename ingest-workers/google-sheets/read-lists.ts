import { digest } from 'lib0/hash/sha256';
import type { IgnoreList } from '#shared/document/catalogue-fields.ts';
import type { CatalogueCommand } from '#shared/document/command.ts';
import { ignoreIdOf, ignoreValue } from '#shared/document/ignore-rule.ts';
import type { CatalogueView } from '#shared/document/view.ts';
import { IgnoreId, LocationId } from '#shared/model/ids.ts';

/** A tab as it was read; undefined if it could not be, or is not there. */
export type TabCells = readonly (readonly string[])[] | undefined;

const MAX_ENTRIES = 20_000;

/**
 * The ignore rules that the sheet's tabs ask for, from the second row of the first column on. A rule that came from the
 * sheet and is in none of its tabs any more is removed; one that somebody made here stays. Of a tab that could
 * not be read nothing is removed.
 */
export function planIgnoreLists(
  tabs: Readonly<Partial<Record<IgnoreList, TabCells>>>,
  view: CatalogueView,
  fromSheet: readonly string[],
): { readonly commands: readonly CatalogueCommand[]; readonly fromSheet: readonly string[] } {
  const wanted = new Map<IgnoreId, CatalogueCommand>();
  for (const [list, cells] of Object.entries(tabs) as [IgnoreList, TabCells][]) {
    for (const [text = ''] of (cells ?? []).slice(1, MAX_ENTRIES)) {
      const value = ignoreValue(list, text.slice(0, 2048));
      if (text.trim() === '' || value === '') continue;
      wanted.set(ignoreIdOf(list, value), { type: 'add-ignore', list, value });
    }
  }
  const readLists = new Set(
    Object.entries(tabs).flatMap(([list, cells]) => (cells === undefined ? [] : [list])),
  );
  const known = fromSheet.map((id) => IgnoreId.parse(id)).filter((id) => !wanted.has(id));
  const left = known.filter((id) => readLists.has(view.ignore.get(id)?.type ?? ''));
  const commands = [
    ...[...wanted].filter(([id]) => !view.ignore.has(id)).map(([, command]) => command),
    ...left.map((id): CatalogueCommand => ({ type: 'remove-ignore', id })),
  ];
  const unread = known.filter((id) => !left.includes(id) && view.ignore.has(id));
  const kept = new Set<string>([...wanted.keys(), ...unread]);
  return { commands, fromSheet: [...kept].sort() };
}

/** Known cities: first column the city, second its state; both are needed. */
export function planKnownCities(cells: TabCells, view: CatalogueView): readonly CatalogueCommand[] {
  const known = new Set([...view.locations.values()].map(({ city, region }) => placeKey(city, region ?? '')));
  const commands: CatalogueCommand[] = [];
  for (const [city = '', region = ''] of (cells ?? []).slice(1, MAX_ENTRIES)) {
    const fields = { city: city.trim().slice(0, 120), region: region.trim().slice(0, 120), known: true };
    const key = placeKey(fields.city, fields.region);
    if (fields.city === '' || fields.region === '' || known.has(key)) continue;
    known.add(key);
    commands.push({ type: 'put-location', id: locationIdOf(key), fields });
  }
  return commands;
}

const placeKey = (city: string, region: string) => `${city}\u0000${region}`.toLowerCase();

/** The same city typed on two machines is one. */
function locationIdOf(key: string): LocationId {
  const bytes = digest(new TextEncoder().encode(key)).subarray(0, 12);
  return LocationId.parse([...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(''));
}
