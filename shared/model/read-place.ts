import type { CityIndex, Place } from './city-index.ts';
import { findPlaces, type PlaceMention } from './find-places.ts';

/** A stretch of text, in UTF-16 offsets. */
export type Span = { readonly start: number; readonly end: number };

export type PlacesOfText = {
  /** The one place of the whole text; of several, the one of the first link. */
  readonly place: Place;
  /** One for each of `links`, in their order. */
  readonly perLink: readonly Place[];
};

export const nowhere: Place = { city: null, region: null };

/**
 * Reads where a message is from, and which of its links is where when it names several places. `links` are the streams'
 * links in text order; `blanked` are stretches that hold no places, such as every address.
 */
export function readPlaces(
  text: string,
  index: CityIndex,
  links: readonly Span[],
  blanked: readonly Span[],
): PlacesOfText {
  const mentions = findPlaces(blank(text, blanked), index);
  const surest = best(mentions);
  if (surest === undefined) return { place: nowhere, perLink: links.map(() => nowhere) };
  if (new Set(mentions.map(placeKey)).size === 1) {
    return { place: toPlace(surest), perLink: links.map(() => toPlace(surest)) };
  }
  const perLink = divide(text, mentions, links).map((mention) => (mention ? toPlace(mention) : nowhere));
  const first = perLink.find(({ city, region }) => city !== null || region !== null);
  return { place: first ?? toPlace(surest), perLink };
}

/** Reads the place of a text without links. */
export const readPlace = (text: string, index: CityIndex): Place => readPlaces(text, index, [], []).place;

const toPlace = ({ city, region }: Place): Place => ({ city, region });
const placeKey = ({ city, region }: Place) => JSON.stringify([city, region]);

/** The surest mention; of equals the first. */
function best(mentions: readonly PlaceMention[]): PlaceMention | undefined {
  return mentions.reduce<PlaceMention | undefined>(
    (chosen, mention) => (chosen === undefined || mention.rank < chosen.rank ? mention : chosen),
    undefined,
  );
}

/** Puts U+0001 over addresses, people's names and emoji codes; offsets stay as they are. */
function blank(text: string, spans: readonly Span[]): string {
  const people = [...text.matchAll(/\S+/g)]
    .filter(
      ([chunk]) =>
        /@[\p{L}\p{N}_]/u.test(chunk) ||
        /^:[a-z0-9_+-]{2,32}:$/i.test(chunk) ||
        /^<[@#:a-z][^>]{1,80}>$/.test(chunk),
    )
    .map((match) => ({ start: match.index, end: match.index + match[0].length }));
  const pieces: string[] = [];
  let position = 0;
  for (const { start, end } of [...spans, ...people].sort((a, b) => a.start - b.start)) {
    if (end <= position) continue;
    const from = Math.max(start, position);
    pieces.push(text.slice(position, from), '\u0001'.repeat(end - from));
    position = end;
  }
  return pieces.join('') + text.slice(position);
}

/**
 * Gives every link its mention. A line that names a place speaks for its own links; other links belong to the heading
 * above them, or, where texts put the place behind the link, to the next line that holds a place and no link.
 */
function divide(
  text: string,
  mentions: readonly PlaceMention[],
  links: readonly Span[],
): (PlaceMention | undefined)[] {
  const lineOf = lineFinder(text);
  const byLine = groupBy(mentions, ({ start }) => lineOf(start));
  const linkLines = groupBy(links, ({ start }) => lineOf(start));
  const placeLines = [...byLine.keys()];
  const headingsFirst = (mentions[0]?.start ?? 0) < (links[0]?.start ?? 0);
  return links.map((link) => {
    const line = lineOf(link.start);
    const own = byLine.get(line);
    if (own) return onOneLine(own, linkLines.get(line) ?? [], link);
    const above = placeLines.findLast((other) => other < line);
    const below = placeLines.find((other) => other > line && !linkLines.has(other));
    const chosen = headingsFirst ? (above ?? below) : (below ?? above);
    return chosen === undefined ? undefined : best(byLine.get(chosen) ?? []);
  });
}

/** Within a line the places stand either all before or all behind their links; the line's beginning tells which. */
function onOneLine(
  mentions: readonly PlaceMention[],
  links: readonly Span[],
  link: Span,
): PlaceMention | undefined {
  const firstLink = links[0]?.start ?? 0;
  const before = mentions.filter(({ start }) => start < link.start);
  const after = mentions.filter(({ start }) => start > link.start);
  const placesFirst = (mentions[0]?.start ?? 0) < firstLink;
  return placesFirst ? nearest(before, links, -1) : (nearest(after, links, 1) ?? nearest(before, links, -1));
}

/** The surest of those mentions that no other link stands between. */
function nearest(
  mentions: readonly PlaceMention[],
  links: readonly Span[],
  direction: 1 | -1,
): PlaceMention | undefined {
  const closest = direction === 1 ? mentions[0] : mentions.at(-1);
  if (!closest) return undefined;
  const linksBefore = (mention: PlaceMention) => links.filter(({ start }) => start < mention.start).length;
  const group = linksBefore(closest);
  return best(mentions.filter((mention) => linksBefore(mention) === group));
}

function groupBy<T>(items: readonly T[], key: (item: T) => number): Map<number, T[]> {
  const groups = new Map<number, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}

function lineFinder(text: string): (offset: number) => number {
  const breaks = [...text.matchAll(/\n/g)].map(({ index }) => index);
  return (offset) => {
    let low = 0;
    let high = breaks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((breaks[middle] ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}
