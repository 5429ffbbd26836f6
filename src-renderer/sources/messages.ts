import { inLanguage, locale } from '../words/language.ts';
import { german } from './german.ts';

const count = (value: number) => value.toLocaleString(locale);

/** Every sentence about lists that are followed, the original's settings file, and the first doors. */
export const english = {
  page: {
    intro:
      'A list of streams that somebody else keeps: at an address that is asked again and again, or in a file that is watched. What it stops naming stays in your list, and on your walls.',
    none: 'This page runs in a browser. The machine of a desk follows lists.',
    url: 'Address of a JSON list',
    every: 'Asked every so many seconds',
    choose: 'Choose a file to follow…',
    path: 'A TOML file on this machine, with its whole path',
    addUrl: 'Follow the address',
    addPath: 'Follow the file',
    wrongUrl: 'An address begins with http:// or https://, and is asked every 5 to 86,400 seconds.',
    wrongPath: 'Where is the file?',
    remove: (name: string) => `Follow ${name} no more`,
    check: (name: string) => `Read ${name} now`,
    waiting: 'Not read yet.',
    well: (streams: number, ago: string) =>
      `${streams === 1 ? 'One stream' : `${count(streams)} streams`}, read ${ago}.`,
    leftOut: (entries: number, words: string) => `${count(entries)} left out. ${words}`,
    ill: (since: string, words: string) =>
      `Cannot be read since ${since}. ${words} It is tried again by itself; nothing is taken away.`,
  },
  config: {
    title: 'This is the settings file of an original Streamwall',
    taken: 'Taken over',
    elsewhere: 'Has its place elsewhere',
    wrong: 'Cannot be taken over',
    apply: (options: number) =>
      options === 1 ? 'Take over one option' : `Take over ${count(options)} options`,
    applied: 'What the settings file says is taken over.',
    line: (option: string, value: string, words: string) => `${option} = ${value}: ${words}`,
  },
  options: {
    grid: (cols: number, rows: number) => `the grid of this wall becomes ${cols} × ${rows}`,
    window: 'where this wall stands on the screen',
    background: 'the background of this wall',
    active: 'the mark of the tile that is heard',
    source: 'a list that this machine follows',
    interval: 'how often the addresses are asked',
    delay: 'the Streamdelay server of this machine',
    delayOff: 'no Streamdelay server',
    control:
      'the server of a team; its old link is of no use here. Ask for an invitation, and paste it under Settings › Server',
    twitch: 'the Twitch bot runs beside the team’s server, with this in its environment',
    telemetry: 'Streamwall sends no reports to anybody',
    account: 'people have accounts and invitations of their own now',
    certificate: 'the sync server has its own settings for TLS',
    streams: 'streams of your own, to be added to the list',
    unknown: 'no option of Streamwall',
    notNumber: (from: number, to: number) => `not a whole number from ${count(from)} to ${count(to)}`,
    notColour: 'no colour like #20ff40',
    notAddress: 'no address of the web',
    notText: 'not a text',
    notSwitch: 'neither true nor false',
  },
  doors: {
    label: 'First steps',
    words: 'This is a wall with demo channels, so that you can try everything. What is to be yours?',
    keep: 'A wall of my own, with the demo channels',
    empty: 'A wall of my own, empty',
    join: 'Join a team',
    bring: 'Bring my data',
    emptied: 'The demo channels are gone from the list and the wall.',
  },
} as const;

export const messages = inLanguage(english, german);
