import { inLanguage } from '../words/language.ts';
import { german } from './german.ts';

/** Every sentence of the audio strip. */
export const english = {
  strip: 'Sound and safety',
  heard: 'Heard',
  background: 'Background',
  nothingHeard: 'Nothing is heard.',
  nothingHeardHint: 'Choose a tile and press Space.',
  stop: (code: string) => `Stop listening to ${code}`,
  stopBackground: (code: string) => `Take ${code} out of the background`,
  volume: (code: string) => `Volume of ${code}`,
  percent: (value: number) => `${Math.round(value * 100)} %`,
  solo: (code: string) => `Only ${code}, on this machine only`,
  soloEnd: 'Hear the wall on this machine again',
  soloTab: (code: string) => `Listen to ${code} here, in a tab of its own`,
  soloTitle: 'Only here',
  soloNowhere: 'The wall is not on a screen of this machine, so nothing of it can be heard here alone.',
  soloNoTile: 'Go to a tile of the wall first, then listen to it alone.',
  listen: (code: string) => `Listen to ${code}`,
  toBackground: (code: string) => `Hear ${code} in the background`,
  level: (code: string) => `Level of ${code}`,
  muteAll: 'Mute all',
  blurAll: 'Blur all',
  censor: 'Cover the wall',
  uncensor: 'Uncover the wall',
  unblurAll: 'Unblur all',
  find: (code: string) => `Find ${code} on the wall`,
  blurredCount: (count: number) => (count === 1 ? '1 tile is blurred' : `${count} tiles are blurred`),
} as const;

export const messages = inLanguage(english, german);
