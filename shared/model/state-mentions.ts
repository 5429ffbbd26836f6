import type { CityIndex, CityName } from './city-index.ts';
import { foreignCodes, foreignPlaces, interjections } from './city-words.ts';
import { foldWords, isAllCapitals, isCapitalised, isJoined, type Word } from './place-words.ts';
import {
  isEnglishWord,
  isOftenSomethingElse,
  MAX_STATE_WORDS,
  stateOfCode,
  stateOfName,
  stateOfShortForm,
} from './us-states.ts';

/** A text's words and what is known about the whole of them. */
export type PlaceText = {
  readonly words: readonly Word[];
  readonly index: CityIndex;
  /** Written all in capitals, so that capitals say nothing. */
  readonly shouting: boolean;
  /** The word behind the city that was read last. */
  readonly cityEnd: number;
};

/** What stands behind a city's name. `next` is the first word after it. */
export type StateAfter =
  | { readonly type: 'known'; readonly region: string; readonly next: number }
  /** A state in which no such city is known. */
  | { readonly type: 'unknown'; readonly region: string; readonly next: number }
  | { readonly type: 'abroad'; readonly next: number };

/** `City, ST`, `City ST`, `City (State)`, `City/ST` … and nothing across a line or a link. */
const attaching = /^[ \t\u00a0]*[,(\[/|–—-]?[ \t\u00a0]*[(\[]?$/;
const spaces = /^[ \t\u00a0]{1,3}$/;

export function stateAfter(text: PlaceText, at: number, name: CityName): StateAfter | undefined {
  const word = text.words[at];
  if (!word || !attaching.test(word.gap)) return undefined;
  const own = ownRegion(text, at, name);
  if (own) return own;
  const state = stateNameAt(text.words, at);
  if (state)
    return isKnownIn(name, state.region) ? { type: 'known', ...state } : elsewhere(text, at, word, state);
  return codeAfter(text, at, word, name) ?? shortFormAfter(at, word, name) ?? abroadAt(text, at, word);
}

/** A region of another country, as the known city itself gives it. */
function ownRegion(text: PlaceText, at: number, name: CityName): StateAfter | undefined {
  for (const { region } of name.places) {
    if (region === null || stateOfCode(region)) continue;
    const words = foldWords(region);
    const fits = words.length > 0 && words.every((fold, offset) => text.words[at + offset]?.fold === fold);
    if (fits) return { type: 'known', region, next: at + words.length };
  }
  return undefined;
}

const isKnownIn = (name: CityName, region: string) => name.places.some((place) => place.region === region);

/** The state whose full name stands here, the longest first: West Virginia is not Virginia. */
export function stateNameAt(
  words: readonly Word[],
  at: number,
): { region: string; next: number } | undefined {
  for (let length = MAX_STATE_WORDS; length > 0; length -= 1) {
    const name = joinedWords(words, at, length);
    const region = name === undefined ? undefined : stateOfName(name);
    if (region) return { region, next: at + length };
  }
  return undefined;
}

/** The folded words of a name from `at` on, if they can belong to one name. The last may be an owner. */
export function joinedWords(
  words: readonly Word[],
  at: number,
  length: number,
  owner = false,
): string | undefined {
  const folds: string[] = [];
  for (let offset = 0; offset < length; offset += 1) {
    const word = words[at + offset];
    const before = words[at + offset - 1];
    if (!word || (offset > 0 && !(before && isJoined(before, word)))) return undefined;
    const fold = owner && offset === length - 1 ? word.owner : word.fold;
    if (fold === undefined) return undefined;
    folds.push(fold);
  }
  return folds.join(' ');
}

/** Behind a comma a state's name contradicts the known city, unless it is a city's name too: “Chicago, New York”. */
function elsewhere(
  text: PlaceText,
  at: number,
  word: Word,
  state: { region: string; next: number },
): StateAfter | undefined {
  const isCity = text.index.names.has(joinedWords(text.words, at, state.next - at) ?? '');
  return /[,(]/.test(word.gap) && !isCity ? { type: 'unknown', ...state } : undefined;
}

function codeAfter(text: PlaceText, at: number, word: Word, name: CityName): StateAfter | undefined {
  const region = stateOfCode(word.raw);
  if (!region) return undefined;
  const marked = /[,(\[/|–—-]/.test(word.gap);
  const capitals = isAllCapitals(word);
  if (isEnglishWord(region) && isPlainWord(text, at, capitals, marked)) return undefined;
  if (isKnownIn(name, region)) return { type: 'known', region, next: at + 1 };
  const certain =
    capitals && /[,(]/.test(word.gap) && !(isEnglishWord(region) && (text.shouting || isFollowed(text, at)));
  return certain && !text.index.names.has(word.fold) ? { type: 'unknown', region, next: at + 1 } : undefined;
}

/** Whether `or`, `in`, `OK` behind a city are words of the sentence: the sentence goes on with the next word. */
function isPlainWord(text: PlaceText, at: number, capitals: boolean, marked: boolean): boolean {
  if (!isFollowed(text, at)) return false;
  if (!capitals || (text.shouting && !marked)) return true;
  const next = text.words[at + 1];
  return !marked || text.shouting ? next !== undefined && startsCity(text, at + 1) : false;
}

function startsCity(text: PlaceText, at: number): boolean {
  for (let length = 1; length <= text.index.maxWords; length += 1) {
    const name = joinedWords(text.words, at, length);
    if (name === undefined) return false;
    if (text.index.names.has(name)) return true;
  }
  return false;
}

const isFollowed = (text: PlaceText, at: number) =>
  at + 1 < text.words.length && spaces.test(text.words[at]?.after ?? '');

function shortFormAfter(at: number, word: Word, name: CityName): StateAfter | undefined {
  const region = isCapitalised(word) ? stateOfShortForm(word.fold) : undefined;
  return region && isKnownIn(name, region) ? { type: 'known', region, next: at + 1 } : undefined;
}

function abroadAt(text: PlaceText, at: number, word: Word): StateAfter | undefined {
  const marked = /[,(]/.test(word.gap);
  if (
    isAllCapitals(word) &&
    foreignCodes.has(word.raw) &&
    (marked || (!/^O|^N/.test(word.raw) && !text.shouting))
  ) {
    return { type: 'abroad', next: at + 1 };
  }
  if (!marked && !isCapitalised(word)) return undefined;
  for (const length of [2, 1]) {
    const name = joinedWords(text.words, at, length);
    if (name !== undefined && foreignPlaces.has(name)) return { type: 'abroad', next: at + length };
  }
  return undefined;
}

/** A code before the name: `(OR) Portland`, `MO: Kansas City`. Only one that the city can have. */
export function codeBefore(text: PlaceText, at: number, name: CityName): string | undefined {
  const before = text.words[at - 1];
  const region = before && isAllCapitals(before) ? stateOfCode(before.raw) : undefined;
  const gap = text.words[at]?.gap ?? '';
  if (!region || !isKnownIn(name, region) || !/^[ \t\u00a0]*[:)\]|/–—-]*[ \t\u00a0]*$/.test(gap))
    return undefined;
  return isEnglishWord(region) && !/[:)\]|/–—-]/.test(gap) ? undefined : region;
}

/** A state's code that belongs to no known city. `sure` when it stands behind the name of an unknown one. */
export function codeAt(text: PlaceText, at: number): { region: string; sure: boolean } | undefined {
  const word = text.words[at];
  const region = word && isAllCapitals(word) ? stateOfCode(word.raw) : undefined;
  if (!word || !region) return undefined;
  const before = text.words[at - 1];
  const doubtful = isEnglishWord(region) && (text.shouting || isFollowed(text, at));
  if (before && isCapitalised(before) && before.raw.length >= 3 && !interjections.has(before.fold)) {
    if (/^,[ \t\u00a0]{0,2}$/.test(word.gap) && !doubtful) return { region, sure: true };
    const spaced = spaces.test(word.gap) && before.raw.length >= 4;
    if (spaced && !text.shouting && !isOftenSomethingElse(region)) return { region, sure: true };
  }
  const bracketed = /[(\[]$/.test(word.gap) && /^[)\]]/.test(word.after);
  const located =
    before && spaces.test(word.gap) && /^(?:in|from|near|across|around)$/.test(before.fold) && !doubtful;
  if (bracketed || located || (!isOftenSomethingElse(region) && standsAlone(word, at)))
    return { region, sure: false };
  return undefined;
}

/** Between the start, a mark, a line's end or a link on either side. */
const standsAlone = (word: Word, at: number) =>
  (at === 0 || !/^[ \t\u00a0]*$/.test(word.gap)) &&
  !/^[ \t\u00a0]+(?![ \t\u00a0\n\r:|,;!?()\[\]\u0001–—-])/.test(word.after);
