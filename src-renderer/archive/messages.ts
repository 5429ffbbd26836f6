import { inLanguage } from '../words/language.ts';
import { german } from './german.ts';

/** Every sentence about what has left the list. */
export const english = {
  title: 'Archive',
  close: 'Close',
  intro:
    'Streams that have been over for some days, and events after a month, leave the list. They are kept here for good, with all that was known of them.',
  search: 'Words of a name, a place, a link, a note…',
  from: 'Archived from',
  until: 'until',
  looking: 'Looking…',
  found: (shown: number, total: number) =>
    total === 1 ? 'One is in the archive.' : `${shown} of ${total} in the archive, the latest first.`,
  none: 'Nothing in the archive matches that.',
  empty: 'Nothing has been archived yet.',
  incomplete: 'The team’s server cannot be asked now. This is only what this machine has archived itself.',
  more: 'Show more',
  event: 'Event',
  archivedAt: (when: string) => `archived ${when}`,
  seen: (when: string) => `last live ${when}`,
  happened: (when: string) => `happened ${when}`,
  streams: (count: number) => (count === 1 ? 'in one stream' : `in ${count} streams`),
  bringBack: 'Bring back',
  bringBackOne: (name: string) => `Bring ${name} back`,
  back: (name: string) => `${name} is back, with its past.`,
  look: (name: string) => `Find ${name} in the list`,
  lookWord: 'Find it',
  openLink: (name: string) => `Open the page of ${name}`,
} as const;

export const messages = inLanguage(english, german);
