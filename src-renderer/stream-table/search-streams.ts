import type { StreamView } from '#shared/document/view.ts';
import { platformNames } from '../words/stream-words.ts';

/**
 * Finds streams by any of their fields, without regard to case or accents. Every word of the search must be in the
 * stream; where a code is typed whole, its stream comes first, then those whose code begins with it.
 */
export type StreamSearch = (streams: readonly StreamView[], text: string) => readonly StreamView[];

/** Folded texts are kept beside the records they came from, for as long as those live. */
export function createStreamSearch(): StreamSearch {
  const folded = new WeakMap<StreamView, string>();
  const textOf = (stream: StreamView): string => {
    const known = folded.get(stream);
    if (known !== undefined) return known;
    const text = fold(allFields(stream));
    folded.set(stream, text);
    return text;
  };
  return (streams, text) => {
    const words = fold(text).split(/\s+/).filter(Boolean);
    const [first] = words;
    if (first === undefined) return streams;
    const found = streams.filter((stream) => {
      const fields = textOf(stream);
      return words.every((word) => fields.includes(word));
    });
    return words.length === 1 ? codesFirst(found, first) : found;
  };
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
  return [...exact, ...begins, ...others];
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
  // eslint-disable-next-line no-control-regex -- the range of ASCII
  if (/^[\x00-\x7f]*$/.test(text)) return text.toLowerCase();
  return text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase();
}
