import type { CityIndex, CityName, Place } from './city-index.ts';
import { givenNames, ordinaryWords, personVerbs, placePrepositions, streetWords } from './city-words.ts';
import { isAllCapitals, isCapitalised, placeWords } from './place-words.ts';
import {
  codeAt,
  codeBefore,
  joinedWords,
  stateAfter,
  stateNameAt,
  type PlaceText,
} from './state-mentions.ts';
import { stateOfCode } from './us-states.ts';

/** A place that a text speaks of. */
export type PlaceMention = Place & {
  /** UTF-16 offset of its first letter. */
  readonly start: number;
  /** How sure it is; lower is surer. */
  readonly rank: Rank;
};

/** 0 city with its state · 1 a state behind an unknown city · 2 city of one state · 3 city of several · 4 state alone */
type Rank = 0 | 1 | 2 | 3 | 4;

/** A mention before the rest of the text was heard. */
type Draft = { readonly mention: PlaceMention; readonly name?: CityName; readonly needsState?: true };

/** What was read from a word on, and the first word behind it. */
type Read = { readonly draft?: Draft; readonly next: number };

/** No message speaks of more places than this. */
const MAX_PLACES = 200;

/** Finds every place, in order. `text` has its links and mentions of people blanked out with U+0001. */
export function findPlaces(text: string, index: CityIndex): PlaceMention[] {
  const words = placeWords(text);
  const shouting = words.length > 1 && !words.some(({ raw }) => /\p{Ll}/u.test(raw));
  const drafts: Draft[] = [];
  let placeText: PlaceText = { words, index, shouting, cityEnd: 0 };
  let at = 0;
  while (at < words.length && drafts.length < MAX_PLACES) {
    const city = cityAt(placeText, at);
    if (city) placeText = { ...placeText, cityEnd: city.next };
    const read = city ?? stateAt(placeText, at);
    if (read?.draft) drafts.push(read.draft);
    at = read?.next ?? at + 1;
  }
  return settle(drafts);
}

/** The longest known name that starts here and is meant as a place. */
function cityAt(text: PlaceText, at: number): Read | undefined {
  for (let length = text.index.maxWords; length > 0; length -= 1) {
    const name = text.index.names.get(joinedWords(text.words, at, length) ?? '');
    const read = name && readCity(text, at, length, name, false);
    if (read) return read;
    const owner = text.index.names.get(joinedWords(text.words, at, length, true) ?? '');
    const ownerRead = owner && readCity(text, at, length, owner, true);
    if (ownerRead) return ownerRead;
  }
  const word = text.words[at];
  const hashtag = word?.gap.endsWith('#') ? text.index.hashtags.get(word.fold) : undefined;
  return hashtag && readCity(text, at, 1, hashtag, false);
}

function readCity(
  text: PlaceText,
  at: number,
  length: number,
  name: CityName,
  owner: boolean,
): Read | undefined {
  if (!isWrittenSafely(text, at, length, name)) return undefined;
  const start = text.words[at]?.start ?? 0;
  const draft = (place: Place, rank: Rank): Draft => ({ mention: { ...place, start, rank }, name });
  const state = owner ? undefined : stateAfter(text, at + length, name);
  if (state?.type === 'abroad') return { next: state.next };
  if (state?.type === 'unknown')
    return { draft: draft({ city: null, region: state.region }, 1), next: state.next };
  const region = state?.region ?? codeBefore(text, at, name);
  const place = name.places.find((known) => region !== undefined && known.region === region);
  if (place) return { draft: draft(place, 0), next: state?.next ?? at + length };
  if (isState(text, at, length) || isSomethingElse(text, at, length, owner)) return undefined;
  const meant = isMeantAsPlace(text, at, length);
  if (meant === 'no') return undefined;
  const [only, ...others] = name.places;
  if (!only) return undefined;
  const bare = others.length === 0 ? draft(only, 2) : draft({ city: only.city, region: null }, 3);
  return { draft: meant === 'if-stated' ? { ...bare, needsState: true } : bare, next: at + length };
}

function isWrittenSafely(text: PlaceText, at: number, length: number, name: CityName): boolean {
  const words = text.words.slice(at, at + length);
  if (name.written === undefined || name.written === 'any') return true;
  if (name.written === 'capital') return words.every(isCapitalised);
  if (!words.every(isAllCapitals)) return false;
  const before = text.words[at - 1];
  if (before && placePrepositions.has(before.fold)) return true;
  if (text.shouting) return length === text.words.length;
  if (at > 0 && at === text.cityEnd) return true;
  // “Lafayette LA”, “Lafayette, LA”: the state behind a city that is not known.
  const isCode = stateOfCode(words[0]?.raw ?? '') !== undefined && name.places[0]?.region !== 'DC';
  return !(isCode && before && isCapitalised(before) && /^,?[ \t\u00a0]*$/.test(words[0]?.gap ?? ''));
}

/** “Spokane, Washington”, “Washington State”, “upstate New York”: the state of the same name. */
function isState(text: PlaceText, at: number, length: number): boolean {
  if (stateNameAt(text.words, at)?.next !== at + length) return false;
  const [before, first, next] = [text.words[at - 1], text.words[at], text.words[at + length]];
  if (next?.fold === 'state' || before?.fold === 'upstate') return true;
  const isBehindComma = first !== undefined && /^,[ \t\u00a0]*$/.test(first.gap);
  return isBehindComma && before !== undefined && isCapitalised(before) && at !== text.cityEnd;
}

const isSpace = (gap: string | undefined) => /^[ \t\u00a0]{1,3}$/.test(gap ?? '');

/** A street, or a person of that name who does something. */
function isSomethingElse(text: PlaceText, at: number, length: number, owner: boolean): boolean {
  const next = text.words[at + length];
  const follows = next !== undefined && isSpace(next.gap);
  if (follows && streetWords.has(next.fold)) return true;
  const first = text.words[at];
  if (length > 1 || !first || isAfterPreposition(text, at)) return false;
  return (
    givenNames.has(owner ? (first.owner ?? '') : first.fold) &&
    (owner || (follows && personVerbs.has(next.fold)))
  );
}

function isAfterPreposition(text: PlaceText, at: number): boolean {
  const before = text.words[at - 1];
  return before !== undefined && placePrepositions.has(before.fold) && isSpace(text.words[at]?.gap);
}

/** Ordinary words are cities only when written as names, and even then only with some sign of a place. */
function isMeantAsPlace(text: PlaceText, at: number, length: number): 'yes' | 'no' | 'if-stated' {
  const word = text.words[at];
  if (length > 1 || !word || !ordinaryWords.has(word.fold)) return 'yes';
  if (text.shouting || !isCapitalised(word)) return 'no';
  return isAfterPreposition(text, at) ? 'yes' : 'if-stated';
}

/** A state that is named without a known city. */
function stateAt(text: PlaceText, at: number): Read | undefined {
  const word = text.words[at];
  if (!word) return undefined;
  const draft = (region: string, rank: Rank): Draft => ({
    mention: { city: null, region, start: word.start, rank },
  });
  const name = stateNameAt(text.words, at);
  if (name) {
    const stated = isStatedState(text, at, name.next);
    return stated ? { draft: draft(name.region, 4), next: name.next } : { next: name.next };
  }
  const code = codeAt(text, at);
  return code && { draft: draft(code.region, code.sure ? 1 : 4), next: at + 1 };
}

/** Names that are also given names or a city's need more than themselves. */
const doubtfulStates: ReadonlySet<string> = new Set(['washington', 'georgia', 'virginia']);

function isStatedState(text: PlaceText, at: number, next: number): boolean {
  const word = text.words[at];
  const follower = text.words[next];
  if (!word) return false;
  const isPartOfName =
    follower && isSpace(follower.gap) && (streetWords.has(follower.fold) || follower.fold === 'city');
  if (isPartOfName) return false;
  if (!doubtfulStates.has(word.fold)) return true;
  if (word.fold === 'washington' && !isState(text, at, 1)) return false;
  return isCapitalised(word);
}

/** Lets every mention hear the others: a stated state decides which of several cities of one name is meant. */
function settle(drafts: readonly Draft[]): PlaceMention[] {
  const stated = new Set(
    drafts.filter(({ mention }) => mention.rank === 4).map(({ mention }) => mention.region),
  );
  const full = drafts.filter(({ mention }) => mention.rank === 0);
  const settled = drafts.flatMap((draft): PlaceMention[] => {
    const { mention, name } = draft;
    if (draft.needsState && !name?.places.some(({ region }) => stated.has(region))) return [];
    return [mention.rank === 3 ? decide(mention, name, full, stated) : mention];
  });
  const regions = new Set(settled.filter(({ city }) => city !== null).map(({ region }) => region));
  return settled.filter(({ city, region, rank }) => city !== null || rank !== 4 || !regions.has(region));
}

function decide(
  mention: PlaceMention,
  name: CityName | undefined,
  full: readonly Draft[],
  stated: ReadonlySet<string | null>,
): PlaceMention {
  const spelledOut = full.filter((draft) => draft.name === name).map((draft) => draft.mention.region);
  const regions = spelledOut.length > 0 ? new Set(spelledOut) : stated;
  const [place, ...others] = (name?.places ?? []).filter(({ region }) => regions.has(region));
  return place && others.length === 0 ? { ...mention, ...place, rank: 2 } : mention;
}
