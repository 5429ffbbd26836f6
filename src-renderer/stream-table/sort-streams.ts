import type { StreamView } from '#shared/document/view.ts';
import type { StreamId } from '#shared/model/ids.ts';
import type { Preferences } from '../stores/preferences.ts';
import { columns } from './columns.ts';

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

const NOTHING_KNOWN: ReadonlyMap<StreamId, number> = new Map();

/** By a column, upwards or down; what is empty there comes last either way. Without a column as they are. */
export function sortStreams(
  streams: readonly StreamView[],
  sort: Preferences['sort'],
  viewers = NOTHING_KNOWN,
): readonly StreamView[] {
  const column = columns.find(({ id }) => id === sort?.column);
  if (sort === null || column === undefined) return streams;
  const sign = sort.down ? -1 : 1;
  if (column.id === 'viewers') {
    const of = ({ id, status }: StreamView) => (status === 'live' ? (viewers.get(id) ?? -1) : -1);
    return streams.toSorted((a, b) => {
      const [one, other] = [of(a), of(b)];
      return one < 0 || other < 0 ? other - one : sign * (one - other);
    });
  }
  if (column.id === 'addedAt') return streams.toSorted((a, b) => sign * (a.addedAt - b.addedAt));
  const keyed = streams.map((stream) => ({ stream, text: column.text(stream, 0) }));
  keyed.sort((a, b) => {
    if (a.text === '' || b.text === '') return Number(a.text === '') - Number(b.text === '');
    return sign * collator.compare(a.text, b.text);
  });
  return keyed.map(({ stream }) => stream);
}
