/** The places of the screen that a key leads to, by the marks that they carry. */
export const focusMarks = { search: 'search', addLink: 'add-link', stage: 'stage' } as const;

export function focusSearch(): void {
  focusOn(focusMarks.search)?.select();
}

export function focusAddLink(): void {
  focusOn(focusMarks.addLink)?.select();
}

/** To the tile or cell that the keyboard was on last. */
export function focusStage(): void {
  document
    .querySelector<HTMLElement>(`[data-focus='${focusMarks.stage}'] [data-spot][tabindex='0']`)
    ?.focus();
}

function focusOn(mark: string): HTMLInputElement | null {
  const field = document.querySelector<HTMLInputElement>(`input[data-focus='${mark}']`);
  field?.focus();
  return field;
}
