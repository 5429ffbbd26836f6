/** Every sentence about what others have in their hands. */
export const messages = {
  typing: (name: string) => `${name} is typing`,
  moving: (name: string, code: string) => `${name} moves ${code}`,
  bot: (name: string, trouble: string | undefined) =>
    trouble === undefined ? `The bot ${name} is at work` : `The bot ${name}: ${trouble}`,
  wall: (name: string) => `${name} shows a wall on a screen`,
} as const;
