import { inLanguage } from '../words/language.ts';
import { german } from './german.ts';

/** Every sentence of the palette. */
export const english = {
  title: 'Find anything to do',
  placeholder: 'What do you want to do? Or a stream’s code, name, place…',
  results: 'What can be done',
  none: 'Nothing of that name can be done here.',
  tile: (code: string) => `With ${code}`,
  scenes: 'Scenes',
  applyScene: (name: string) => `Apply the scene ${name}`,
  applied: (name: string) => `The wall is ${name} now.`,
  walls: 'Other walls',
  goToWall: (name: string) => `Go to ${name}`,
  streams: 'Put on the wall, or find there',
} as const;

export const messages = inLanguage(english, german);
