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

/** What is known of a stream: its folded text, and whether the search of that number found it. */
type Known = { readonly text: string; search: number; found: boolean };

/**
 * Folded texts and what was found are kept beside the records they came from, for as long as those live: while others
 * edit, only what they edited is looked at again, and a word that grows looks only at what it found before.
 */
export function createStreamSearch(): StreamSearch {
  const known = new WeakMap<StreamView, Known>();
  let words: readonly string[] = [];
  let number = 0;
  let warmed = 0;
  const knownOf = (stream: StreamView): Known => {
    let one = known.get(stream);
    if (one === undefined) {
      one = { text: fold(allFields(stream)), search: -1, found: false };
      known.set(stream, one);
    }
    return one;
  };
  const search = (streams: readonly StreamView[], text: string): readonly StreamView[] => {
    const wanted = fold(text).split(/\s+/).filter(Boolean);
    const [first] = wanted;
    if (first === undefined) return streams;
    const narrower = narrows(words, wanted);
    if (!narrower || !narrows(wanted, words)) number++;
    words = wanted;
    const found = streams.filter((stream) => {
      const one = knownOf(stream);
      if (one.search === number) return one.found;
      const wasLeftOut = narrower && one.search === number - 1 && !one.found;
      one.found = !wasLeftOut && hasAll(one.text, wanted);
      one.search = number;
      return one.found;
    });
    return wanted.length === 1 ? codesFirst(found, first) : found;
  };
  const warm = (streams: readonly StreamView[], count: number): boolean => {
    if (warmed >= streams.length) warmed = 0;
    const upTo = Math.min(streams.length, warmed + count);
    for (const stream of streams.slice(warmed, upTo)) knownOf(stream);
    warmed = upTo;
    return warmed < streams.length;
  };
  return Object.assign(search, { warm });
}

function hasAll(fields: string, words: readonly string[]): boolean {
  for (const word of words) if (!fields.includes(word)) return false;
  return true;
}

/** Whether what is found by `words` was found by `before` too: each of the words before is in one of those now. */
function narrows(before: readonly string[], words: readonly string[]): boolean {
  return before.every((old) => words.some((word) => word.includes(old)));
}

function codesFirst(found: readonly StreamView[], code: string): readonly StreamView[] {
  const exact: StreamView[] = [];
  const begins: StreamView[] = [];
  const others: StreamView[] = [];
  for (const stream of found) {
    if (stream.code === code) exact.push(stream);
    else if (stream.code.startsWith(code)) begins.push(stream);
    else others.push(stream);
  }
  return begins.length + exact.length === 0 ? found : [...exact, ...begins, ...others];
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
