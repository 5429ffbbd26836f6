import { inLanguage, locale } from '../words/language.ts';
import { german } from './german.ts';

const count = (value: number) => value.toLocaleString(locale);

/** Every sentence about adding many streams at once. */
export const english = {
  close: 'Close',
  links: {
    title: 'Add many links',
    field: 'Text with links',
    placeholder:
      'Paste any text: a chat, a list, an article. Every link in it that can be a stream is found.',
    fresh: (value: number) => (value === 1 ? 'One link to add' : `${count(value)} links to add`),
    known: (value: number) =>
      value === 1 ? 'One is in the list already' : `${count(value)} are in the list already`,
    refused: (value: number) => (value === 1 ? 'One is not taken' : `${count(value)} are not taken`),
    add: (value: number) => (value === 0 ? 'Add' : `Add ${count(value)}`),
    added: (value: number) => (value === 1 ? 'One stream was added.' : `${count(value)} streams were added.`),
  },
  import: {
    title: 'Import a list',
    words:
      'A CSV, JSON or TOML file: an export of Streamwall or StreamSource, the original’s storage file or its config.toml, or a list of your own with a column or field “link”.',
    choose: 'Choose a file…',
    field: 'Or paste it here',
    placeholder: 'link,label,city\nhttps://…',
    form: (form: string, streams: number) => `${form.toUpperCase()}, ${count(streams)} streams`,
    fresh: (value: number) => `${count(value)} new`,
    known: (value: number) => `${count(value)} in the list already; what the file says of them is taken over`,
    refused: (value: number) => `${count(value)} left out`,
    entry: (at: number, words: string) => `Entry ${count(at)}: ${words}`,
    left: (link: string, words: string) => `${link}: ${words}, so that is left out`,
    add: (value: number) => (value === 0 ? 'Import' : `Import ${count(value)}`),
    added: (value: number) => `${count(value)} streams are in the list.`,
    noLayout:
      'How the wall was arranged is in that file too, but under names that the original made up anew at each start, so it cannot be brought back.',
    tooBig: 'The file is larger than 32 MB.',
    unreadable: 'The file could not be read.',
    busy: (done: number, all: number) => `${count(done)} of ${count(all)}…`,
  },
} as const;

export const messages = inLanguage(english, german);
