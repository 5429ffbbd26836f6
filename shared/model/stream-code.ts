import { StreamCode, type StreamFields } from './stream.ts';

/** What a stream can be called after, the best first. */
export type CodeSource = Partial<Pick<StreamFields, 'label' | 'source' | 'link'>> & {
  readonly username?: string;
};

/** Short enough to be typed without looking. */
const CODE_LETTERS = 3;

/** Longest code that `StreamCode` takes. */
const MAX_CODE_LENGTH = 12;
/** The largest number that fits behind a word. */
const LARGEST = 10 ** (MAX_CODE_LENGTH - CODE_LETTERS) - 1;
const COUNTED_THROUGH = 100;

/**
 * Proposes the word that an operator types for a stream: the first letters of what it is called, with a digit behind them
 * when `taken` knows the word already. Two desks may still choose one word at once; the document settles that.
 */
export function proposeStreamCode(stream: CodeSource, taken: (code: StreamCode) => boolean): StreamCode {
  const word = firstWord([stream.label, stream.source, stream.username, stream.link]);
  const codeOf = (number: number) => StreamCode.parse(number === 0 ? word : `${word}${number}`);
  const number = firstFree((candidate) => taken(codeOf(candidate)));
  if (number > LARGEST) throw new Error(`every code of “${word}” is taken`);
  return codeOf(number);
}

/**
 * The first free number of the first hundred. Where thousands begin alike, they are not counted through: beyond that any
 * free number will do that comes right after one that is taken, found in a few looks.
 */
function firstFree(isTaken: (number: number) => boolean): number {
  for (let number = 0; number < COUNTED_THROUGH; number += 1) if (!isTaken(number)) return number;
  let takenBelow = COUNTED_THROUGH - 1;
  let free = 2 * COUNTED_THROUGH;
  while (free <= LARGEST && isTaken(free)) {
    takenBelow = free;
    free = free === LARGEST ? LARGEST + 1 : Math.min(2 * free, LARGEST);
  }
  while (free - takenBelow > 1) {
    const middle = Math.floor((takenBelow + free) / 2);
    if (isTaken(middle)) takenBelow = middle;
    else free = middle;
  }
  return free;
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
