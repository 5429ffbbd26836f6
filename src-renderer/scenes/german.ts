/** Scenes in German. */
export const german = {
  panel: 'Szenen',
  none: {
    title: 'Noch keine Szenen',
    words:
      'Eine Szene merkt sich, welcher Stream wo steht. Ordne die Wand, gib ihr oben einen Namen, und komm jederzeit darauf zurück.',
  },
  name: 'Name der Szene',
  namePlaceholder: 'Die Wand sichern als…',
  save: 'Sichern',
  usualName: (number: number) => `Szene ${number}`,
  nothingToSave: 'Auf der Wand ist noch nichts, also gibt es nichts zu sichern.',
  saved: (name: string) => `${name} ist gesichert.`,
  apply: 'Anwenden',
  applyLong: (name: string) => `${name} anwenden`,
  applied: (name: string) => `Die Wand ist jetzt ${name}.`,
  look: (name: string) => `${name} erst ansehen`,
  hide: (name: string) => `${name} nicht mehr ansehen`,
  leave: 'Lass es sein',
  previewOf: (name: string) => `So wäre die Wand mit ${name}`,
  rename: (name: string) => `${name} umbenennen`,
  renamed: (name: string) => `Die Szene heißt jetzt ${name}.`,
  replace: (name: string) => `Die Wand, wie sie ist, in ${name} sichern`,
  replaced: (name: string) => `${name} merkt sich die Wand, wie sie jetzt ist.`,
  remove: (name: string) => `${name} löschen`,
  removed: (name: string) => `${name} ist gelöscht.`,
  facts: ({ cols, rows }: { readonly cols: number; readonly rows: number }, tiles: number) =>
    `${cols} × ${rows}, ${tiles === 1 ? 'eine Kachel' : `${tiles} Kacheln`}`,
  picture: (name: string, codes: readonly string[]) => `${name}: ${codes.join(', ') || 'leer'}`,
};
