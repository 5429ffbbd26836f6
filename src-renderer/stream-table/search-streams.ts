import type { StreamView } from '#shared/document/view.ts';
import { platformNames } from '../words/stream-words.ts';

/**
 * Finds streams by any of their fields, without regard to case or accents. Every word of the search must be in the
 * stream; where a code is typed whole, its stream comes first, then those whose code begins with it.
 */
export type StreamSearch = {
  (streams: readonly StreamView[], text: string): readonly StreamView[];
  /** Folds the text of some streams ahead of a search. @returns whether any is left to fold */
  readonly warm: (streams: readonly StreamView[], count: number) => boolean;
};

/** What was searched last: beside each stream its folded text, and how it was found. */
type Searched = {
  readonly streams: readonly StreamView[];
  readonly texts: readonly string[];
  readonly found: Uint8Array;
};

/** How a stream is found: not at all, by its fields, or by a code that begins with the word or is it. */
const NOT = 0;
const BY_FIELDS = 1;
const BY_START_OF_CODE = 2;
const BY_CODE = 3;

/**
 * Folded texts are kept beside the records they came from, for as long as those live. What was found is kept for the
 * last search: while others edit, only what they edited is looked at again, and a word that grows looks only at what it
 * found before.
 */
export function createStreamSearch(): StreamSearch {
  const known = new WeakMap<StreamView, string>();
  let words: readonly string[] = [];
  let last: Searched = { streams: [], texts: [], found: new Uint8Array(0) };
  let warmed = 0;
  const textOf = (stream: StreamView): string => {
    let text = known.get(stream);
    if (text === undefined) known.set(stream, (text = fold(allFields(stream))));
    return text;
  };
  const search = (streams: readonly StreamView[], text: string): readonly StreamView[] => {
    const wanted = fold(text).split(/\s+/).filter(Boolean);
    const [first] = wanted;
    if (first === undefined) return streams;
    const isNarrower = narrows(words, wanted);
    const isSame = words.join(' ') === wanted.join(' ');
    const ranked = (folded: string, was: number | undefined): number =>
      was !== undefined && isNarrower && (isSame || was === NOT) ? was : rank(folded, wanted);
    const texts: string[] = [];
    const found = new Uint8Array(streams.length);
    const byCode: StreamView[] = [];
    const byStart: StreamView[] = [];
    const byFields: StreamView[] = [];
    const follow = followAlong(last.streams);
    streams.forEach((stream, index) => {
      const before = follow(stream, streams[index + 1]);
      const folded = last.texts[before] ?? textOf(stream);
      texts.push(folded);
      const how = ranked(folded, last.found[before]);
      if (how === NOT) return;
      found[index] = how;
      if (how === BY_CODE) byCode.push(stream);
      else if (how === BY_START_OF_CODE) byStart.push(stream);
      else byFields.push(stream);
    });
    words = wanted;
    last = { streams, texts, found };
    return byCode.length + byStart.length === 0 ? byFields : byCode.concat(byStart, byFields);
  };
  const warm = (streams: readonly StreamView[], count: number): boolean => {
    if (warmed >= streams.length) warmed = 0;
    const upTo = Math.min(streams.length, warmed + count);
    for (const stream of streams.slice(warmed, upTo)) textOf(stream);
    warmed = upTo;
    return warmed < streams.length;
  };
  return Object.assign(search, { warm });
}

/**
 * Says of each stream of a list, one after the other, where it stood in a list before; -1 where it did not stand nearby.
 * The lists are alike but for some that were edited, came or went, so that the next is nearly always the next.
 */
function followAlong(before: readonly StreamView[]) {
  let next = 0;
  return (stream: StreamView, after: StreamView | undefined): number => {
    if (before[next] === stream) return next++;
    // One went.
    if (before[next + 1] === stream) {
      next += 2;
      return next - 1;
    }
    // One came; else this one took the place of what it was before.
    if (before[next] !== after) next++;
    return -1;
  };
}

/** @param folded begins with the code, on a line of its own */
function rank(folded: string, words: readonly string[]): number {
  for (const word of words) if (!folded.includes(word)) return NOT;
  const [first = ''] = words;
  if (words.length > 1 || !folded.startsWith(first)) return BY_FIELDS;
  return folded[first.length] === '\n' ? BY_CODE : BY_START_OF_CODE;
}

/** Whether what is found by `words` was found by `before` too: each of the words before is in one of those now. */
function narrows(before: readonly string[], words: readonly string[]): boolean {
  return before.every((old) => words.some((word) => word.includes(old)));
}

function allFields(stream: StreamView): string {
  const { code, label, title, source, city, region, country, link, notes, tags, postedBy } = stream;
  return [
    ...[code, label, title, source, city, region, country, link, notes, tags?.join(' '), postedBy],
    ...[stream.status, stream.statusReason, stream.kind, stream.platform, platformNames[stream.platform]],
    stream.pinned === true ? 'pinned' : undefined,
  ].join('\n');
}

/** Small letters without accents, so that "sao" finds "São". Most texts have none, and are done at once. */
function fold(text: string): string {
  if (!/[^ -~\s]/.test(text)) return text.toLowerCase();
  return text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase();
}
