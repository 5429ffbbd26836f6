import { inLanguage } from '../words/language.ts';
import { german } from './german.ts';

/** Every sentence about walls. */
export const english = {
  menu: (name: string) => `Wall: ${name}. Go to another, or make one`,
  newName: 'New wall',
  create: 'A new wall',
  duplicate: 'Duplicate this wall',
  rename: 'Rename this wall',
  archive: 'Archive this wall',
  all: 'All walls…',
  nameField: 'Name of the wall',
  made: (name: string) => `${name} is there.`,
  renamed: (name: string) => `The wall is called ${name} now.`,
  archived: (name: string) => `${name} is archived. It is kept, and can be brought back in the settings.`,
  restored: (name: string) => `${name} is back.`,
  lastWall: 'This is the only wall. Make another before you archive it.',
  go: (name: string) => `Go to ${name}`,
} as const;

export const messages = inLanguage(english, german);
