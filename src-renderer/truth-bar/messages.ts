import { inLanguage } from '../words/language.ts';
import { german } from './german.ts';

/** Every sentence of the bar at the top. */
export const english = {
  bar: 'Wall and its state',
  palette: 'Find anything to do',
  settings: 'Settings',
  undo: 'Undo',
  redo: 'Redo',
  shortcuts: 'Shortcuts',
  appearance: 'Appearance',
  themes: { dark: 'Dark', light: 'Light', contrast: 'High contrast' },
  dismiss: 'Dismiss',
  notices: 'Notices',
  team: 'The team',
  people: (count: number) => (count === 1 ? 'One other is here' : `${count} others are here`),
  questions: {
    fill: 'The server is empty. Shall it get everything that is here, streams and walls?',
    'wait-for-others':
      'The server is empty, and you may not fill it. Wait there for what others bring? What is here stays here.',
    merge: 'The server holds streams and walls, and so does this copy. Put both together, there and here?',
    'take-theirs': 'The server holds streams and walls. Take them here too? What is here stays here.',
  },
  answers: {
    fill: 'Fill the server',
    'wait-for-others': 'Wait there',
    merge: 'Put both together',
    'take-theirs': 'Take them',
  },
  notNow: 'Not now',
  othersAreStale:
    'Who is on other servers of the team is not up to date now. Edits arrive all the same, a little later.',
  serverLacks:
    'The server lacks something that is here, and your role may not bring it. Ask an operator to connect.',
  refused: (what: string, why: string) => `Not done by the team’s server: ${what}. ${why}`,
  moreRefused: (more: number) => `${more} more were refused.`,
  tryAgain: 'Do it again',
  copy: 'Copy',
  delay: {
    title: 'The broadcast',
    unknown: 'Streamdelay: unknown',
    since: (time: string) => `Since ${time}.`,
    ofMachine: (machine: string) => `By the machine “${machine}”.`,
    ofAnother: 'By another machine.',
    covered: 'Broadcast covered',
    lifting: 'Cover is lifting',
    short: { stopped: 'Not broadcasting', starting: 'Starting', running: 'On air', restarting: 'Restarting' },
    streams: {
      stopped: 'The broadcast does not run.',
      starting: 'The broadcast starts, and waits for a picture.',
      running: 'The broadcast runs.',
      restarting: 'The broadcast broke, and starts again by itself.',
    },
    delay: (seconds: number) => `Viewers are ${Math.round(seconds * 10) / 10} s behind.`,
    cover: 'Cover the broadcast',
    uncover: 'Uncover the broadcast',
    start: 'Start the broadcast…',
    end: 'End the broadcast…',
    startQuestion: 'Everybody can see the wall then. Start?',
    endQuestion: 'The broadcast ends for everybody. End it?',
    startYes: 'Start it',
    endYes: 'End it',
    no: 'No',
  },
  copied: 'Copied.',
  notCopied: 'The clipboard did not take it.',
} as const;

export const messages = inLanguage(english, german);
