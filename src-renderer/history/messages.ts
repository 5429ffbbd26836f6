import { inLanguage } from '../words/language.ts';
import { german } from './german.ts';

const were = (count: number) => (count === 1 ? 'was' : 'were');

/** Every sentence of what happened. */
export const english = {
  panel: 'What happened',
  none: {
    title: 'Nothing happened yet',
    words:
      'What you and others do with the wall and the list is told here, and the wall can be looked at as it was at any of these moments.',
  },
  somethingDone: 'Something was changed',
  sceneDeletedThen: 'A scene was deleted',
  settingsChanged: 'The wall’s settings were changed',
  rulesChanged: 'The rules were changed',
  team: 'What the team did with this wall',
  readTeam: 'Show what the team did before',
  older: 'Show older',
  oldest: 'Nothing older is kept.',
  reading: 'Reading…',
  restoreScene: (name: string) => `Bring the scene ${name} back`,
  sceneRestored: (name: string) => `The scene ${name} is back.`,
  since: 'Since this window was opened',
  me: 'you',
  other: 'not from here',
  look: (time: string) => `Look at the wall as it was at ${time}`,
  lookShort: 'Look',
  undo: 'Undo',
  wallAt: (time: string) => `The wall as it was at ${time}`,
  restoreAll: 'Bring all of it back',
  restored: 'The wall is as it was then. Blurs that came since stay.',
  restoreTile: (code: string) => `Bring ${code} back to this place`,
  tileRestored: (code: string) => `${code} is back.`,
  leave: 'Back to now',
  andMore: (codes: string, more: number) => `${codes} and ${more} more`,
  renamed: (name: string) => `The wall is called ${name} now`,
  grid: (cols: number, rows: number) => `The grid is ${cols} × ${rows} now`,
  censored: 'The whole wall was covered',
  uncensored: 'The wall was uncovered',
  heard: (code: string) => `${code} is heard`,
  silent: 'Nothing is heard any more',
  sceneSaved: (name: string) => `The scene ${name} was saved`,
  sceneRenamed: (was: string, name: string) => `The scene ${was} is called ${name} now`,
  sceneDeleted: (name: string) => `The scene ${name} was deleted`,
  tiles: {
    came: (codes: string) => `${codes} came on the wall`,
    left: (codes: string) => `${codes} left the wall`,
    shown: (codes: string) => `${codes} came instead of another`,
    moved: (codes: string) => `${codes} moved`,
    resized: (codes: string) => `${codes} changed size`,
    benched: (codes: string) => `${codes} went to the bench`,
    unbenched: (codes: string) => `${codes} came back from the bench`,
    blurred: (codes: string) => `${codes} blurred`,
    unblurred: (codes: string) => `${codes} shown again`,
    volume: (codes: string) => `Volume of ${codes}`,
    background: (codes: string) => `${codes} heard in the background`,
    foreground: (codes: string) => `${codes} not in the background any more`,
    picture: (codes: string) => `Picture of ${codes}`,
  },
  added: (codes: string, count: number) => `${codes} ${were(count)} added to the list`,
  edited: (codes: string, count: number) => `${codes} ${were(count)} edited`,
  removed: (codes: string, count: number) => `${codes} ${were(count)} removed from the list`,
  live: (codes: string, count: number) => `${codes} ${count === 1 ? 'is' : 'are'} live`,
  ended: (codes: string, count: number) => `${codes} ${count === 1 ? 'is' : 'are'} over`,
} as const;

export const messages = inLanguage(english, german);
