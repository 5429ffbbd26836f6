import type { Json } from './replica-store.ts';

/** Words longer than this are cut: nobody types them, and a hostile one would fill the index. */
const MAX_WORD_LENGTH = 64;
/** A search looks at this many words, the index at this many a record. */
const MAX_QUERY_WORDS = 16;
const MAX_RECORD_WORDS = 20_000;
/** A record may nest this deep; what lies deeper is kept, but not found by searching. */
const MAX_DEPTH = 12;

/** The words of a text as searching compares them: lower case, without accents, letters and digits only. */
function foldWords(text: string, limit: number): string[] {
  const folded = text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '');
  const words: string[] = [];
  for (const [word] of folded.matchAll(/[\p{L}\p{N}]+/gu)) {
    if (words.length >= limit) break;
    words.push(word.slice(0, MAX_WORD_LENGTH));
  }
  return words;
}

/** The different words that a person searches for; none if the text has none. */
export function queryWords(text: string): readonly string[] {
  return [...new Set(foldWords(text.slice(0, 4096), MAX_QUERY_WORDS))];
}

/** Every word in a record's values, once, joined by spaces. Field names are not searched. */
export function recordText(record: Json): string {
  const words = new Set<string>();
  const visit = (value: Json, depth: number): void => {
    if (words.size >= MAX_RECORD_WORDS || depth > MAX_DEPTH) return;
    if (typeof value === 'string' || typeof value === 'number') {
      for (const word of foldWords(String(value), MAX_RECORD_WORDS - words.size)) words.add(word);
    } else if (typeof value === 'object' && value !== null) {
      for (const part of Object.values(value)) visit(part, depth + 1);
    }
  };
  visit(record, 0);
  return [...words].join(' ');
}

/** Whether every searched word begins a word of the record's text; both as the functions above give them. */
export function matchesWords(text: string, words: readonly string[]): boolean {
  const padded = ` ${text}`;
  return words.every((word) => padded.includes(` ${word}`));
}
