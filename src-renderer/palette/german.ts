/** The palette in German. */
export const german = {
  title: 'Alles finden, was man tun kann',
  placeholder: 'Was möchtest du tun? Oder Code, Name, Ort eines Streams…',
  results: 'Was man tun kann',
  none: 'Nichts dieses Namens lässt sich hier tun.',
  tile: (code: string) => `Mit ${code}`,
  scenes: 'Szenen',
  applyScene: (name: string) => `Die Szene ${name} anwenden`,
  applied: (name: string) => `Die Wand ist jetzt ${name}.`,
  walls: 'Andere Wände',
  goToWall: (name: string) => `Zu ${name}`,
  streams: 'Auf die Wand stellen, oder dort finden',
};
