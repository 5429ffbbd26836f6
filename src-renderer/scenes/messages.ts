import { inLanguage } from '../words/language.ts';
import { german } from './german.ts';

/** Every sentence about scenes. */
export const english = {
  panel: 'Scenes',
  none: {
    title: 'No scenes yet',
    words:
      'A scene remembers which stream stands where. Arrange the wall, give it a name above, and come back to it at any time.',
  },
  name: 'Name of the scene',
  namePlaceholder: 'Save the wall as…',
  save: 'Save',
  usualName: (number: number) => `Scene ${number}`,
  nothingToSave: 'Nothing is on the wall yet, so there is nothing to save.',
  saved: (name: string) => `${name} is saved.`,
  apply: 'Apply',
  applyLong: (name: string) => `Apply ${name}`,
  applied: (name: string) => `The wall is ${name} now.`,
  look: (name: string) => `Look at ${name} first`,
  hide: (name: string) => `Stop looking at ${name}`,
  leave: 'Leave it',
  previewOf: (name: string) => `So the wall would be with ${name}`,
  rename: (name: string) => `Rename ${name}`,
  renamed: (name: string) => `The scene is called ${name} now.`,
  replace: (name: string) => `Save the wall as it is now in ${name}`,
  replaced: (name: string) => `${name} remembers the wall as it is now.`,
  remove: (name: string) => `Delete ${name}`,
  removed: (name: string) => `${name} is deleted.`,
  facts: ({ cols, rows }: { readonly cols: number; readonly rows: number }, tiles: number) =>
    `${cols} × ${rows}, ${tiles === 1 ? 'one tile' : `${tiles} tiles`}`,
  picture: (name: string, codes: readonly string[]) => `${name}: ${codes.join(', ') || 'empty'}`,
} as const;

export const messages = inLanguage(english, german);
