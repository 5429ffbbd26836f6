/** Walls in German. */
export const german = {
  menu: (name: string) => `Wand: ${name}. Zu einer anderen gehen, oder eine machen`,
  newName: 'Neue Wand',
  create: 'Eine neue Wand',
  duplicate: 'Diese Wand verdoppeln',
  rename: 'Diese Wand umbenennen',
  archive: 'Diese Wand archivieren',
  all: 'Alle Wände…',
  nameField: 'Name der Wand',
  made: (name: string) => `${name} ist da.`,
  renamed: (name: string) => `Die Wand heißt jetzt ${name}.`,
  archived: (name: string) =>
    `${name} ist archiviert. Sie wird behalten und lässt sich in den Einstellungen zurückholen.`,
  restored: (name: string) => `${name} ist wieder da.`,
  lastWall: 'Das ist die einzige Wand. Mach eine andere, bevor du sie archivierst.',
  go: (name: string) => `Zu ${name}`,
};
