/** Every sentence of a control room in a browser that is not the room's own. */
export const messages = {
  noScreenHere: 'This browser shows no wall. Do that at the machine whose screen shows it.',
  elsewhere: {
    title: 'Streamwall is open in another tab',
    words: 'One tab at a time works on the wall, so that nothing is written twice. Go there, or go on here.',
    here: 'Go on here',
  },
  takenOver: {
    title: 'You went on in another tab',
    words: 'Everything that you did here is saved. Come back whenever you like.',
    here: 'Come back here',
  },
  cannotOpen: {
    title: 'The wall cannot be kept in this browser',
    again: 'Try again',
  },
} as const;
