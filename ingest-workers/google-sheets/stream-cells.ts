import type { StreamChanges } from '#shared/document/command.ts';
import type { StreamView } from '#shared/document/view.ts';
import type { Column, SharedColumn } from './sheet-columns.ts';

const capital = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1);
const time = (ms: number | undefined) => (ms === undefined ? '' : new Date(ms).toISOString());

/** Names as people write them in the sheet. */
const platformNames: Partial<Record<StreamView['platform'], string>> = {
  tiktok: 'TikTok',
  youtube: 'YouTube',
  dlive: 'DLive',
};

/** What a stream's row says, column by column. */
export function cellsOf(stream: StreamView): Readonly<Record<Column, string>> {
  return {
    source: stream.source ?? '',
    city: stream.city ?? '',
    state: stream.region ?? '',
    platform: platformNames[stream.platform] ?? capital(stream.platform),
    status: capital(stream.status),
    link: stream.link,
    notes: stream.notes ?? '',
    title: stream.title ?? '',
    addedDate: time(stream.addedAt),
    // The document does not hold what only ticks: this is when the status was last found to be another.
    lastChecked: time(stream.statusAt),
    lastLive: time(stream.status === 'live' ? stream.statusAt : stream.lastLiveAt),
    postedBy: stream.postedBy ?? '',
    orientation: stream.orientation ?? '',
  };
}

const fieldOf: Readonly<
  Record<Exclude<SharedColumn, 'orientation'>, readonly [keyof StreamChanges, number]>
> = {
  source: ['source', 255],
  city: ['city', 120],
  state: ['region', 120],
  notes: ['notes', 10_000],
  title: ['title', 500],
};

/** A cell's text as a change of its stream; undefined if it says nothing that a stream can have. */
export function changeOf(column: SharedColumn, text: string): StreamChanges | undefined {
  if (column === 'orientation') {
    const value = text.toLowerCase();
    if (value === 'horizontal' || value === 'vertical') return { orientation: value };
    return value === '' ? { orientation: null } : undefined;
  }
  const [field, limit] = fieldOf[column];
  return text.length > limit ? undefined : { [field]: text === '' ? null : text };
}
