import { inLanguage } from '../words/language.ts';
import { german } from './german.ts';

/** Every sentence about what others have in their hands. */
export const english = {
  typing: (name: string) => `${name} is typing`,
  moving: (name: string, code: string) => `${name} moves ${code}`,
  bot: (name: string, trouble: string | undefined) =>
    trouble === undefined ? `The bot ${name} is at work` : `The bot ${name}: ${trouble}`,
  wall: (name: string) => `${name} shows a wall on a screen`,
} as const;

export const messages = inLanguage(english, german);
