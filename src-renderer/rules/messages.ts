import { inLanguage } from '../words/language.ts';
import { german } from './german.ts';

/** Every sentence about rules. */
export const english = {
  intro:
    'A rule puts streams that are live on this wall by itself: on free cells, or in turn in one tile. It moves nothing that is there, and what you take off stays off until its next broadcast. What rules do is told under “History”, and can be undone there.',
  none: 'This wall has no rules.',
  name: 'Name',
  which: 'Which streams',
  pinned: 'Pinned streams',
  tag: 'With the tag',
  city: 'In the city',
  does: 'What it does',
  fill: 'Fills free cells',
  rotate: 'Rotates a tile',
  tile: 'Tile',
  every: 'Seconds for each',
  add: 'Add the rule, switched off',
  remove: (name: string) => `Delete the rule ${name}`,
  fills: (which: string) => `puts ${which} on free cells`,
  rotates: (which: string, tile: string, seconds: number) =>
    `shows ${which} in turn in ${tile}, ${String(seconds)} s each`,
  goneTile: 'a tile that is gone',
  whichPinned: 'pinned streams',
  whichAll: (parts: readonly string[]) => `streams with ${parts.join(', ')}`,
  noName: 'A rule needs a name.',
  noValue: 'Which tag, or which city?',
  noTile: 'Choose a tile of the wall that it rotates.',
  noSeconds: 'Between 10 seconds and a day, please.',
  noLender: 'switched on before this wall had a server: switch it off and on again, and it acts for you.',
  placed: (rule: string, codes: string) => `The rule ${rule} put ${codes} on the wall`,
  rotated: (rule: string, codes: string) => `The rule ${rule} turned to ${codes}`,
  aRule: '(deleted)',
  who: 'a rule',
  undo: 'Undo that',
  undone: 'What the rule did is undone. It does not do it again in this broadcast.',
  nothingLeft: 'Nothing is left to undo there: it was moved off, replaced or removed since.',
} as const;

export const messages = inLanguage(english, german);
