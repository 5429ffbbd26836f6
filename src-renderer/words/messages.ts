import { german } from './german.ts';
import { inLanguage } from './language.ts';

/** How streams and tiles are doing, when that was, and whether it is saved. */
export const english = {
  live: 'live',
  directMedia: 'Media file or playlist',
  webPage: 'Web page',
  watching: (count: string) => `${count} watching`,
  liveFor: (span: string) => `live ${span}`,
  startsIn: (span: string) => `starts in ${span}`,
  upcoming: 'upcoming',
  offline: 'offline',
  ended: (ago: string) => `ended ${ago}`,
  gone: 'gone',
  notChecked: 'not checked',
  unknown: 'unknown',
  underMinute: 'under 1 min',
  day: 'd',
  justNow: 'just now',
  ago: (span: string) => `${span} ago`,
  tiles: {
    loading: 'Loading',
    waiting: 'Waiting for a picture',
    playing: 'Playing',
    stalled: 'Stalled',
    retrying: 'Not playing',
    offline: 'Offline',
    parked: 'Paused',
    failed: 'Failed',
  },
  noScreen: 'Not on a screen yet',
  now: 'now',
  inSeconds: (seconds: number) => `in ${seconds} s`,
  again: (when: string) => `Trying again ${when}`,
  next: (state: string, when: string) => `${state}, next try ${when}`,
  saved: 'All saved',
  notSaved: (count: number) => `${count} not saved`,
  there: (words: string) => `${words} there`,
  meeting: (host: string) => `Meeting ${host}`,
  since: (time: string) => ` since ${time}`,
  workingOffline: (since: string, host: string) => `Working offline${since}, away from ${host}`,
  noLine: (host: string, since: string) => `No line to ${host}${since}`,
  held: (host: string) => `${host} takes nothing now`,
  asking: (host: string) => `${host} waits for your answer`,
  turnedAway: (host: string, why: string) => `${host} does not let you in. ${why}`,
} as const;

export const messages = inLanguage(english, german);
