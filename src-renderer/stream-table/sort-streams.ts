import type { StreamView } from '#shared/document/view.ts';
import type { Preferences } from '../stores/preferences.ts';
import { columns } from './columns.ts';

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/** By a column, upwards or down; what is empty there comes last either way. Without a column as they are. */
export function sortStreams(
  streams: readonly StreamView[],
  sort: Preferences['sort'],
): readonly StreamView[] {
  const column = columns.find(({ id }) => id === sort?.column);
  if (sort === null || column === undefined) return streams;
  const sign = sort.down ? -1 : 1;
  if (column.id === 'addedAt') return streams.toSorted((a, b) => sign * (a.addedAt - b.addedAt));
  const keyed = streams.map((stream) => ({ stream, text: column.text(stream, 0) }));
  keyed.sort((a, b) => {
    if (a.text === '' || b.text === '') return Number(a.text === '') - Number(b.text === '');
    return sign * collator.compare(a.text, b.text);
  });
  return keyed.map(({ stream }) => stream);
}
