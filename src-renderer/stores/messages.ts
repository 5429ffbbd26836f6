export const messages = {
  noAnswer:
    'Streamwall did not answer, so nothing was changed. Try it again; if it stays so, restart the program.',
} as const;
