/** Every sentence of the bar at the top. */
export const messages = {
  bar: 'Wall and its state',
  wall: (name: string) => `Wall: ${name}`,
  undo: 'Undo',
  redo: 'Redo',
  shortcuts: 'Shortcuts',
  appearance: 'Appearance',
  themes: { dark: 'Dark', light: 'Light', contrast: 'High contrast' },
  dismiss: 'Dismiss',
  notices: 'Notices',
} as const;
