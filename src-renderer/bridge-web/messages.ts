import { inLanguage } from '../words/language.ts';
import { german } from './german.ts';

/** Every sentence of a control room in a browser that is not the room's own. */
export const english = {
  nobodyChecks: 'Nobody checks streams now: the team has no status checker.',
  asked: 'Asked. The answer shows in a moment.',
  noScreenHere: 'This browser shows no wall. Do that at the machine whose screen shows it.',
  joinByPage:
    'A browser belongs to the server that its page came from. Open the page of another team to join that.',
  somebody: 'Somebody',
  anEdit: 'an edit',
  signalRefused: {
    'no-such-tile': 'That tile is not on the wall any more.',
    failed: 'The wall could not do that.',
    'no-output': 'Nobody who is connected shows that wall now.',
    forbidden: 'Your role does not allow that.',
  },
  signIn: {
    title: 'Streamwall',
    words: 'Sign in to run the wall together with your team.',
    email: 'Email',
    password: 'Password',
    code: 'Code of the second factor',
    enter: 'Sign in',
    offline: 'Work with what is kept in this browser',
    wrong: 'That email and password do not belong together.',
    codeNeeded: 'Give the code of your second factor as well.',
    tooMany: 'That was too often. Wait a minute, then try again.',
    away: 'The server does not answer. Try again in a moment.',
    meeting: 'Bringing what your team has…',
    waiting: 'The server has no answer yet. What is kept here can be worked with meanwhile.',
  },
  elsewhere: {
    title: 'Streamwall is open in another tab',
    words: 'One tab at a time works on the wall, so that nothing is written twice. Go there, or go on here.',
    here: 'Go on here',
  },
  takenOver: {
    title: 'You went on in another tab',
    words: 'Everything that you did here is saved. Come back whenever you like.',
    here: 'Come back here',
  },
  cannotOpen: {
    title: 'The wall cannot be kept in this browser',
    again: 'Try again',
  },
} as const;

export const messages = inLanguage(english, german);
