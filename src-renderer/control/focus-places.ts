/** The places of the screen that a key leads to, by the marks that they carry. */
export const focusMarks = {
  search: 'search',
  addLink: 'add-link',
  stage: 'stage',
  sceneName: 'scene-name',
} as const;

/** @returns whether it is there */
export const focusSearch = (): boolean => focusOn(focusMarks.search);

/** @returns whether it is there */
export const focusAddLink = (): boolean => focusOn(focusMarks.addLink);

/** @returns whether it is there */
export const focusSceneName = (): boolean => focusOn(focusMarks.sceneName);

/** To the tile or cell that the keyboard was on last. */
export function focusStage(): void {
  document
    .querySelector<HTMLElement>(`[data-focus='${focusMarks.stage}'] [data-spot][tabindex='0']`)
    ?.focus();
}

function focusOn(mark: string): boolean {
  const field = document.querySelector<HTMLInputElement>(`input[data-focus='${mark}']`);
  field?.focus();
  field?.select();
  return field !== null;
}
