/** Wer live ist, und wer nachsieht. */
export const german = {
  title: 'Wer prüft, was live ist',
  intro:
    'Solange kein Server deines Teams einen Status-Prüfer hat, fragt diese Maschine selbst bei den Plattformen nach, ob Streams live sind. Sie fragt höflich: was live ist, alle paar Minuten, was vorbei ist, selten.',
  wanted: 'Von dieser Maschine aus prüfen',
  none: 'Diese Seite läuft in einem Browser. Was live ist, prüfen die Prüfer des Teams.',
  off: 'Die Live-Prüfung ist aus',
  offMore: 'Diese Maschine fragt nicht, was live ist. Was in der Liste steht, bleibt, wie es war.',
  resting: 'Von hier wird gerade nichts geprüft: die Prüfer des Teams tun es, oder es gibt nichts zu prüfen.',
  starting: 'Die Live-Prüfung beginnt',
  running: (streams: number) => `Prüft ${String(streams)} ${streams === 1 ? 'Stream' : 'Streams'}`,
  runningMore: (checked: number, changed: number) =>
    `Seit dem Start: ${String(checked)} ${checked === 1 ? 'Antwort' : 'Antworten'}, ${String(changed)} Änderungen.`,
  troubled: (hosts: number) =>
    hosts === 1 ? 'Eine Plattform antwortet nicht' : `${String(hosts)} Plattformen antworten nicht`,
  trouble: (host: string, reason: string) => `${host}: ${reason}`,
  failed: 'Die Live-Prüfung ist abgebrochen',
  again: (seconds: number) =>
    seconds === 0 ? 'Sie beginnt jetzt von neuem.' : `Sie beginnt in ${String(seconds)} s von neuem.`,
  maybeEnded: 'vielleicht vorbei',
  setByHand: (until: string) => `Von Hand gesetzt; gilt bis ${until}.`,
  check: 'Jetzt prüfen, ob er live ist',
  dontCheck: 'Nicht prüfen',
  doCheck: 'Wieder prüfen',
};
