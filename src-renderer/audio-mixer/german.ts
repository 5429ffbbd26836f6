/** The audio strip in German. */
export const german = {
  strip: 'Ton und Sicherheit',
  heard: 'Zu hören',
  background: 'Hintergrund',
  nothingHeard: 'Nichts ist zu hören.',
  nothingHeardHint: 'Wähle eine Kachel und drück die Leertaste.',
  stop: (code: string) => `${code} nicht mehr hören`,
  stopBackground: (code: string) => `${code} aus dem Hintergrund nehmen`,
  volume: (code: string) => `Lautstärke von ${code}`,
  percent: (value: number) => `${Math.round(value * 100)} %`,
  solo: (code: string) => `Nur ${code}, nur an dieser Maschine`,
  soloEnd: 'An dieser Maschine wieder die Wand hören',
  soloTitle: 'Nur hier',
  soloNowhere:
    'Die Wand steht auf keinem Bildschirm dieser Maschine, also ist nichts von ihr hier allein zu hören.',
  soloNoTile: 'Geh erst zu einer Kachel der Wand, dann hör sie allein.',
  listen: (code: string) => `${code} hören`,
  toBackground: (code: string) => `${code} im Hintergrund hören`,
  level: (code: string) => `Pegel von ${code}`,
  muteAll: 'Alles stumm',
  blurAll: 'Alles verwischen',
  censor: 'Die Wand verdecken',
  uncensor: 'Die Wand aufdecken',
  unblurAll: 'Alles wieder zeigen',
  find: (code: string) => `${code} auf der Wand finden`,
  blurredCount: (count: number) =>
    count === 1 ? '1 Kachel ist verwischt' : `${count} Kacheln sind verwischt`,
};
