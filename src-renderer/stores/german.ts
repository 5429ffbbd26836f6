/** What is said after an action, in German. */
export const german = {
  noMachine:
    'Diese Seite läuft in einem Browser: Wände stehen auf den Bildschirmen der Maschine eines Pults.',
  noAnswer:
    'Streamwall hat nicht geantwortet, also wurde nichts geändert. Versuch es noch einmal; bleibt es so, starte das Programm neu.',
  someRefused: (refused: number, first: string) =>
    refused === 1 ? first : `${refused} wurden abgelehnt. Das erste: ${first}`,
};
