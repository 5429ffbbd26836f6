/** Every sentence of the bar at the top. */
export const messages = {
  bar: 'Wall and its state',
  palette: 'Find anything to do',
  settings: 'Settings',
  undo: 'Undo',
  redo: 'Redo',
  shortcuts: 'Shortcuts',
  appearance: 'Appearance',
  themes: { dark: 'Dark', light: 'Light', contrast: 'High contrast' },
  dismiss: 'Dismiss',
  notices: 'Notices',
} as const;
