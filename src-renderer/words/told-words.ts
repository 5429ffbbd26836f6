import { language } from './language.ts';
import { toldInGerman } from './told-german.ts';

/** A sentence that is looked for at the beginning of a text, and what is said in its place. */
type Sentence = Readonly<{ told: RegExp; said: string }>;

const BLANK = '{}';

/** @param table pairs of sentences in which `{}` stands for anything, in the same order in both */
export function createTranslator(table: readonly (readonly [string, string])[]): (told: string) => string {
  const sentences = table.map(([told, said]): Sentence => {
    const parts = told.split(BLANK).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    const end = told.endsWith(' ') ? '' : String.raw`(?=\s|$)`;
    return { told: new RegExp(`^${parts.join('(.{1,200}?)')}${end}`), said };
  });
  return (told) => {
    let rest = told;
    let said = '';
    for (let count = 0; rest !== '' && count < MOST_SENTENCES; count++) {
      const gap = /^\s*/.exec(rest)?.[0] ?? '';
      const found = translateOne(rest.slice(gap.length), sentences);
      if (found === null) break;
      said += gap + found.said;
      rest = rest.slice(gap.length + found.length);
    }
    return said + rest;
  };
}

/** Nobody says more at once. */
const MOST_SENTENCES = 8;

function translateOne(
  text: string,
  sentences: readonly Sentence[],
): { readonly said: string; readonly length: number } | null {
  for (const { told, said } of sentences) {
    const found = told.exec(text);
    if (found === null) continue;
    const [whole, ...blanks] = found;
    return { said: said.replaceAll(BLANK, () => blanks.shift() ?? ''), length: whole.length };
  }
  return null;
}

/**
 * What the program or the server says in sentences of its own, in the language of this page as far as that is known;
 * what is not known stays as it was told.
 */
export const inOwnWords: (told: string) => string =
  language === 'de' ? createTranslator(toldInGerman) : (told) => told;
