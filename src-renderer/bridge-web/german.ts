/** A control room in a browser, in German. */
export const german = {
  nobodyChecks: 'Gerade prüft niemand Streams: das Team hat keinen Status-Prüfer.',
  asked: 'Gefragt. Die Antwort steht gleich da.',
  noScreenHere: 'Dieser Browser zeigt keine Wand. Tu das an der Maschine, deren Bildschirm sie zeigt.',
  joinByPage:
    'Ein Browser gehört zu dem Server, von dem seine Seite kam. Öffne die Seite eines anderen Teams, um dem beizutreten.',
  somebody: 'Jemand',
  anEdit: 'eine Änderung',
  signalRefused: {
    'no-such-tile': 'Diese Kachel ist nicht mehr auf der Wand.',
    failed: 'Die Wand konnte das nicht.',
    'no-output': 'Niemand, der verbunden ist, zeigt diese Wand gerade.',
    forbidden: 'Deine Rolle erlaubt das nicht.',
  },
  signIn: {
    title: 'Streamwall',
    words: 'Melde dich an, um die Wand mit deinem Team zu fahren.',
    email: 'E-Mail',
    password: 'Passwort',
    code: 'Code des zweiten Faktors',
    enter: 'Anmelden',
    offline: 'Mit dem arbeiten, was in diesem Browser aufgehoben ist',
    wrong: 'Diese E-Mail und dieses Passwort gehören nicht zusammen.',
    codeNeeded: 'Gib auch den Code deines zweiten Faktors.',
    tooMany: 'Das war zu oft. Warte eine Minute, dann versuch es noch einmal.',
    away: 'Der Server antwortet nicht. Versuch es gleich noch einmal.',
    meeting: 'Holt, was dein Team hat…',
    waiting:
      'Der Server hat noch nicht geantwortet. Mit dem, was hier aufgehoben ist, lässt sich inzwischen arbeiten.',
  },
  elsewhere: {
    title: 'Streamwall ist in einem anderen Tab offen',
    words:
      'Nur ein Tab arbeitet an der Wand, damit nichts doppelt geschrieben wird. Geh dorthin, oder mach hier weiter.',
    here: 'Hier weitermachen',
  },
  takenOver: {
    title: 'Du hast in einem anderen Tab weitergemacht',
    words: 'Alles, was du hier getan hast, ist gesichert. Komm zurück, wann du willst.',
    here: 'Hierher zurück',
  },
  cannotOpen: {
    title: 'Die Wand lässt sich in diesem Browser nicht aufheben',
    again: 'Noch einmal versuchen',
  },
};
