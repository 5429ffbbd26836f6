import { StreamCode, type StreamFields } from './stream.ts';

/** What a stream can be called after, the best first. */
export type CodeSource = Partial<Pick<StreamFields, 'label' | 'source' | 'link'>> & {
  readonly username?: string;
};

/** Short enough to be typed without looking. */
const CODE_LETTERS = 3;

/** Longest code that `StreamCode` takes. */
const MAX_CODE_LENGTH = 12;

/**
 * Proposes the word that an operator types for a stream: the first letters of what it is called, with a digit behind them
 * when `taken` knows the word already. Two desks may still choose one word at once; the document settles that.
 */
export function proposeStreamCode(stream: CodeSource, taken: (code: StreamCode) => boolean): StreamCode {
  const word = firstWord([stream.label, stream.source, stream.username, stream.link]);
  const largest = 10 ** (MAX_CODE_LENGTH - CODE_LETTERS) - 1;
  for (let number = 0; number < largest; number += 1) {
    const code = StreamCode.parse(number === 0 ? word : `${word}${number}`);
    if (!taken(code)) return code;
  }
  throw new Error(`every code of “${word}” is taken`);
}

function firstWord(names: readonly (string | undefined)[]): string {
  for (const name of names) {
    const word = letters(name ?? '').slice(0, CODE_LETTERS);
    if (word !== '') return word;
  }
  return 's';
}

/** Letters and digits that every keyboard has, without what most names or links begin with. */
function letters(name: string): string {
  return name
    .slice(0, 500)
    .normalize('NFKD')
    .toLowerCase()
    .trim()
    .replace(/^https?:\/\/(?:www\.)?/, '')
    .replace(/^the\b/, '')
    .replaceAll(/[^a-z0-9]/g, '');
}
