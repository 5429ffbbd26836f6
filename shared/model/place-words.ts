/** A word of a text with what is needed to read places from it. Offsets are UTF-16. */
export type Word = {
  /** Lower case, without accents, apostrophes and dots; Saint is `st`, Fort is `ft`, Mount is `mt`. */
  readonly fold: string;
  /** The same without a possessive s, where there is one. */
  readonly owner?: string;
  /** As written, in letters and digits only. */
  readonly raw: string;
  readonly start: number;
  readonly end: number;
  /** What stands between this word and the one before, at most `MAX_GAP` characters of it. */
  readonly gap: string;
  /** What stands between this word and the next, likewise. */
  after: string;
};

/** Gaps longer than this separate words in any case. */
const MAX_GAP = 8;

/** Initials with their dots (`D.C.`), or letters and digits with apostrophes between them. */
const wordPattern =
  /(?:\p{Lu}\.){2,8}(?:\p{Lu}(?![\p{L}\p{N}]))?|[\p{L}\p{N}\p{M}]+(?:['’ʼ‘][\p{L}\p{N}\p{M}]+)*/gu;

/** Splits a text into words, in one pass. */
export function placeWords(text: string): Word[] {
  const words: Word[] = [];
  for (const match of text.matchAll(wordPattern)) {
    const fold = foldWord(match[0]);
    if (fold === '') continue;
    const start = match.index;
    const last = words.at(-1);
    const gap = text.slice(last?.end ?? 0, start).slice(-MAX_GAP - 1);
    if (last) last.after = text.slice(last.end, start).slice(0, MAX_GAP + 1);
    const owner = /^(.+)['’ʼ‘]s$/isu.exec(match[0])?.[1];
    words.push({
      fold,
      ...(owner === undefined ? {} : { owner: foldWord(owner) }),
      raw: match[0].replaceAll(/['’ʼ‘.]/g, ''),
      start,
      end: start + match[0].length,
      gap,
      after: '',
    });
  }
  const last = words.at(-1);
  if (last) last.after = text.slice(last.end, last.end + MAX_GAP + 1);
  return words;
}

/** The folded words of a name. */
export const foldWords = (name: string): string[] => placeWords(name).map(({ fold }) => fold);

const abbreviations: Readonly<Record<string, string>> = { saint: 'st', fort: 'ft', mount: 'mt' };

function foldWord(word: string): string {
  const letters = word
    .normalize('NFD')
    .replaceAll(/[\p{M}'’ʼ‘.]/gu, '')
    .toLowerCase();
  return Object.hasOwn(abbreviations, letters) ? (abbreviations[letters] ?? letters) : letters;
}

/** Whether two words can belong to one name: a space, a hyphen, or the dot of an abbreviation between them. */
export function isJoined(before: Word, word: Word): boolean {
  if (/^(?:[ \t\u00a0]{1,3}|[-‐‑–])$/.test(word.gap)) return true;
  return /^\.[ \t\u00a0]{0,2}$/.test(word.gap) && /^(?:st|ft|mt)$/.test(before.fold);
}

export const isCapitalised = (word: Word): boolean => /^\p{Lu}/u.test(word.raw);
export const isAllCapitals = (word: Word): boolean => /^[\p{Lu}\p{N}]+$/u.test(word.raw);
