/** Das Archiv auf Deutsch. */
export const german = {
  title: 'Archiv',
  close: 'Schließen',
  intro:
    'Streams, die seit einigen Tagen vorbei sind, und Ereignisse nach einem Monat verlassen die Liste. Hier bleiben sie für immer, mit allem, was man von ihnen wusste.',
  search: 'Wörter eines Namens, eines Orts, eines Links, einer Notiz…',
  from: 'Archiviert von',
  until: 'bis',
  looking: 'Es wird gesucht…',
  found: (shown: number, total: number) =>
    total === 1 ? 'Eins ist im Archiv.' : `${shown} von ${total} im Archiv, das neueste zuerst.`,
  none: 'Nichts im Archiv passt dazu.',
  empty: 'Noch ist nichts archiviert.',
  incomplete:
    'Der Server des Teams lässt sich gerade nicht fragen. Das ist nur, was diese Maschine selbst archiviert hat.',
  more: 'Mehr zeigen',
  event: 'Ereignis',
  archivedAt: (when: string) => `archiviert ${when}`,
  seen: (when: string) => `zuletzt live ${when}`,
  happened: (when: string) => `geschehen ${when}`,
  streams: (count: number) => (count === 1 ? 'in einem Stream' : `in ${count} Streams`),
  bringBack: 'Zurückholen',
  bringBackOne: (name: string) => `${name} zurückholen`,
  back: (name: string) => `${name} ist wieder da, mit seiner Geschichte.`,
  look: (name: string) => `${name} in der Liste finden`,
  lookWord: 'Finden',
  openLink: (name: string) => `Die Seite von ${name} öffnen`,
};
