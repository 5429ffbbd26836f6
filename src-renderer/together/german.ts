/** What others do, in German. */
export const german = {
  typing: (name: string) => `${name} schreibt`,
  moving: (name: string, code: string) => `${name} bewegt ${code}`,
  bot: (name: string, trouble: string | undefined) =>
    trouble === undefined ? `Der Bot ${name} arbeitet` : `Der Bot ${name}: ${trouble}`,
  wall: (name: string) => `${name} zeigt eine Wand auf einem Bildschirm`,
};
