const count = (value: number) => value.toLocaleString();

/** Every sentence that is said after an action. */
export const messages = {
  noAnswer:
    'Streamwall did not answer, so nothing was changed. Try it again; if it stays so, restart the program.',
  someRefused: (refused: number, first: string) =>
    refused === 1 ? first : `${count(refused)} were refused. The first: ${first}`,
} as const;
