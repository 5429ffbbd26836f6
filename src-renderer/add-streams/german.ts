const count = (value: number) => value.toLocaleString('de');

/** Adding many streams at once, in German. */
export const german = {
  close: 'Schließen',
  links: {
    title: 'Viele Links hinzufügen',
    field: 'Text mit Links',
    placeholder:
      'Füge irgendeinen Text ein: einen Chat, eine Liste, einen Artikel. Jeder Link darin, der ein Stream sein kann, wird gefunden.',
    fresh: (value: number) => (value === 1 ? 'Ein Link kommt hinzu' : `${count(value)} Links kommen hinzu`),
    known: (value: number) =>
      value === 1 ? 'Einer ist schon in der Liste' : `${count(value)} sind schon in der Liste`,
    refused: (value: number) =>
      value === 1 ? 'Einer wird nicht genommen' : `${count(value)} werden nicht genommen`,
    add: (value: number) => (value === 0 ? 'Hinzufügen' : `${count(value)} hinzufügen`),
    added: (value: number) =>
      value === 1 ? 'Ein Stream kam hinzu.' : `${count(value)} Streams kamen hinzu.`,
  },
  import: {
    title: 'Eine Liste einlesen',
    words:
      'Eine Datei als CSV, JSON oder TOML: eine Ausgabe von Streamwall oder StreamSource, die Speicherdatei des ursprünglichen oder seine config.toml, oder eine eigene Liste mit einer Spalte oder einem Feld „link“.',
    choose: 'Eine Datei wählen…',
    field: 'Oder hier einfügen',
    placeholder: 'link,label,city\nhttps://…',
    form: (form: string, streams: number) => `${form.toUpperCase()}, ${count(streams)} Streams`,
    fresh: (value: number) => `${count(value)} neu`,
    known: (value: number) =>
      `${count(value)} schon in der Liste; was die Datei von ihnen sagt, wird übernommen`,
    refused: (value: number) => `${count(value)} ausgelassen`,
    entry: (at: number, words: string) => `Eintrag ${count(at)}: ${words}`,
    left: (link: string, words: string) => `${link}: ${words}, also bleibt das weg`,
    add: (value: number) => (value === 0 ? 'Einlesen' : `${count(value)} einlesen`),
    added: (value: number) => `${count(value)} Streams sind in der Liste.`,
    noLayout:
      'Wie die Wand geordnet war, steht auch in der Datei, aber unter Namen, die das ursprüngliche bei jedem Start neu erfand; es lässt sich nicht zurückholen.',
    tooBig: 'Die Datei ist größer als 32 MB.',
    unreadable: 'Die Datei ließ sich nicht lesen.',
    busy: (done: number, all: number) => `${count(done)} von ${count(all)}…`,
  },
};
