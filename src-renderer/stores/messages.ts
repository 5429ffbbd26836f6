import { inLanguage, locale } from '../words/language.ts';
import { german } from './german.ts';

const count = (value: number) => value.toLocaleString(locale);

/** Every sentence that is said after an action. */
export const english = {
  noMachine: 'This page runs in a browser: walls stand on the screens of a desk’s machine.',
  noAnswer:
    'Streamwall did not answer, so nothing was changed. Try it again; if it stays so, restart the program.',
  someRefused: (refused: number, first: string) =>
    refused === 1 ? first : `${count(refused)} were refused. The first: ${first}`,
} as const;

export const messages = inLanguage(english, german);
