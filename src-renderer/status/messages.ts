import { inLanguage } from '../words/language.ts';
import { german } from './german.ts';

/** Every sentence about who is live, and who looks. */
export const english = {
  title: 'Who checks what is live',
  intro:
    'While no server of your team has a status checker, this machine asks the platforms itself whether streams are live. It asks politely: live ones every few minutes, those that are over rarely.',
  wanted: 'Check from this machine',
  none: 'This page runs in a browser. The checkers of the team check who is live.',
  off: 'Live checks are off',
  offMore: 'This machine does not ask who is live. What the list says stays as it was.',
  resting: 'Nothing is checked from here now: the team’s checkers do it, or there is nothing to check.',
  starting: 'Live checks start',
  running: (streams: number) => `Checks ${String(streams)} ${streams === 1 ? 'stream' : 'streams'}`,
  runningMore: (checked: number, changed: number) =>
    `Since it started: ${String(checked)} ${checked === 1 ? 'answer' : 'answers'}, ${String(changed)} changes.`,
  troubled: (hosts: number) =>
    hosts === 1 ? 'One platform gives no answer' : `${String(hosts)} platforms give no answer`,
  trouble: (host: string, reason: string) => `${host}: ${reason}`,
  failed: 'Live checks broke',
  again: (seconds: number) =>
    seconds === 0 ? 'They are started again now.' : `They are started again in ${String(seconds)} s.`,
  maybeEnded: 'maybe ended',
  setByHand: (until: string) => `Set by hand; holds until ${until}.`,
  check: 'Check now whether it is live',
  dontCheck: 'Do not check this',
  doCheck: 'Check this again',
} as const;

export const messages = inLanguage(english, german);
