/**
 * The row that a key leads to, counted from 0, or null for keys that lead nowhere. `index` is -1 where none is chosen.
 * In a field Home and End belong to the text.
 */
export function chosenRow(
  key: string,
  index: number,
  count: number,
  page: number,
  inField: boolean,
): number | null {
  if (count === 0) return null;
  const within = (row: number) => Math.min(count - 1, Math.max(0, row));
  switch (key) {
    case 'ArrowDown':
      return within(index + 1);
    case 'ArrowUp':
      return within(index === -1 ? count - 1 : index - 1);
    case 'PageDown':
      return within(index + page);
    case 'PageUp':
      return within(index - page);
    case 'Home':
      return inField ? null : 0;
    case 'End':
      return inField ? null : count - 1;
    default:
      return null;
  }
}
