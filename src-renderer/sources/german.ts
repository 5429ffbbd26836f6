const count = (value: number) => value.toLocaleString('de');

/** Lists that are followed, the original's settings file, and the first doors, in German. */
export const german = {
  page: {
    intro:
      'Eine Liste von Streams, die jemand anders führt: an einer Adresse, die immer wieder gefragt wird, oder in einer Datei, die beobachtet wird. Was sie nicht mehr nennt, bleibt in deiner Liste und auf deinen Wänden.',
    none: 'Diese Seite läuft in einem Browser. Die Maschine eines Pults folgt Listen.',
    url: 'Adresse einer JSON-Liste',
    every: 'Gefragt alle so viele Sekunden',
    choose: 'Eine Datei wählen, der gefolgt wird…',
    path: 'Eine TOML-Datei auf dieser Maschine, mit ihrem ganzen Pfad',
    addUrl: 'Der Adresse folgen',
    addPath: 'Der Datei folgen',
    wrongUrl: 'Eine Adresse beginnt mit http:// oder https:// und wird alle 5 bis 86.400 Sekunden gefragt.',
    wrongPath: 'Wo ist die Datei?',
    remove: (name: string) => `${name} nicht mehr folgen`,
    check: (name: string) => `${name} jetzt lesen`,
    waiting: 'Noch nicht gelesen.',
    well: (streams: number, ago: string) =>
      `${streams === 1 ? 'Ein Stream' : `${count(streams)} Streams`}, gelesen ${ago}.`,
    leftOut: (entries: number, words: string) => `${count(entries)} ausgelassen. ${words}`,
    ill: (since: string, words: string) =>
      `Seit ${since} nicht zu lesen. ${words} Es wird von selbst wieder versucht; nichts wird weggenommen.`,
  },
  config: {
    title: 'Das ist die Einstellungs-Datei eines ursprünglichen Streamwall',
    taken: 'Übernommen',
    elsewhere: 'Hat seinen Platz woanders',
    wrong: 'Lässt sich nicht übernehmen',
    apply: (options: number) =>
      options === 1 ? 'Eine Einstellung übernehmen' : `${count(options)} Einstellungen übernehmen`,
    applied: 'Was die Einstellungs-Datei sagt, ist übernommen.',
    line: (option: string, value: string, words: string) => `${option} = ${value}: ${words}`,
  },
  options: {
    grid: (cols: number, rows: number) => `das Raster dieser Wand wird ${cols} × ${rows}`,
    window: 'wo diese Wand auf dem Bildschirm steht',
    background: 'der Hintergrund dieser Wand',
    active: 'das Zeichen der Kachel, die zu hören ist',
    source: 'eine Liste, der diese Maschine folgt',
    interval: 'wie oft die Adressen gefragt werden',
    delay: 'der Streamdelay-Server dieser Maschine',
    delayOff: 'kein Streamdelay-Server',
    control:
      'der Server eines Teams; der alte Link nützt hier nichts. Bitte um eine Einladung, und füge sie unter Einstellungen › Server ein',
    twitch: 'der Twitch-Bot läuft neben dem Server des Teams, mit diesem in seiner Umgebung',
    telemetry: 'Streamwall schickt niemandem Berichte',
    account: 'Leute haben jetzt eigene Konten und Einladungen',
    certificate: 'der Sync-Server hat eigene Einstellungen für TLS',
    streams: 'eigene Streams, die in die Liste kommen',
    unknown: 'keine Einstellung von Streamwall',
    notNumber: (from: number, to: number) => `keine ganze Zahl von ${count(from)} bis ${count(to)}`,
    notColour: 'keine Farbe wie #20ff40',
    notAddress: 'keine Adresse des Netzes',
    notText: 'kein Text',
    notSwitch: 'weder true noch false',
  },
  doors: {
    label: 'Erste Schritte',
    words: 'Das ist eine Wand mit Demo-Kanälen, damit du alles versuchen kannst. Was soll deine sein?',
    keep: 'Eine eigene Wand, mit den Demo-Kanälen',
    empty: 'Eine eigene Wand, leer',
    join: 'Einem Team beitreten',
    bring: 'Meine Daten mitbringen',
    emptied: 'Die Demo-Kanäle sind aus der Liste und von der Wand.',
  },
};
