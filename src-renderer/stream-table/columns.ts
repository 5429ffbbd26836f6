import type { StreamView } from '#shared/document/view.ts';
import type { StreamChanges } from '#shared/document/command.ts';
import { platformNames, streamName, streamPlace, streamStateWords } from '../words/stream-words.ts';
import { messages } from './messages.ts';
import { locale } from '../words/language.ts';

/** A column of the wide list. */
export type Column = Readonly<{
  id: ColumnId;
  words: string;
  /** As a part of a CSS grid. */
  width: string;
  /** What a cell shows. */
  text: (stream: StreamView, nowMs: number) => string;
  /** What is written when one edits the cell; absent where it cannot be. */
  edit?: CellEdit;
}>;

export type CellEdit = Readonly<{
  text: (stream: StreamView) => string;
  /** Null for a text that is none of the field's: then `complaint` says what would be. */
  changes: (text: string) => StreamChanges | null;
  complaint: string;
}>;

export const COLUMN_IDS = [
  'code',
  'name',
  'title',
  'place',
  'platform',
  'kind',
  'state',
  'viewers',
  'source',
  'notes',
  'tags',
  'orientation',
  'postedBy',
  'addedAt',
  'link',
] as const;
export type ColumnId = (typeof COLUMN_IDS)[number];

const limit = (field: 'label' | 'title' | 'source' | 'notes', most: number): CellEdit => ({
  text: (stream) => stream[field] ?? '',
  changes: (text) => (text.length > most ? null : { [field]: text.trim() === '' ? null : text.trim() }),
  complaint: messages.tooLong(most),
});

const code: CellEdit = {
  text: (stream) => stream.code,
  changes: (text) =>
    /^[a-z0-9]{1,12}$/i.test(text.trim()) ? ({ code: text.trim().toLowerCase() } as StreamChanges) : null,
  complaint: messages.badCode,
};

/** "City, region": what stands after the last comma is the region. */
const place: CellEdit = {
  text: streamPlace,
  changes: (text) => {
    const parts = text.split(',').map((part) => part.trim());
    const region = parts.length > 1 ? (parts.pop() ?? '') : '';
    const city = parts.join(', ');
    if (city.length > 120 || region.length > 120) return null;
    return { city: city === '' ? null : city, region: region === '' ? null : region, location: null };
  },
  complaint: messages.tooLong(120),
};

const tags: CellEdit = {
  text: (stream) => stream.tags?.join(', ') ?? '',
  changes: (text) => {
    const list = [
      ...new Set(
        text
          .split(',')
          .map((tag) => tag.trim())
          .filter(Boolean),
      ),
    ];
    return list.length > 50 || list.some((tag) => tag.length > 60) ? null : { tags: list };
  },
  complaint: messages.badTags,
};

export const columns: readonly Column[] = [
  { id: 'code', words: messages.columns.code, width: '84px', text: (stream) => stream.code, edit: code },
  {
    id: 'name',
    words: messages.columns.name,
    width: 'minmax(140px, 2fr)',
    text: streamName,
    edit: limit('label', 120),
  },
  {
    id: 'title',
    words: messages.columns.title,
    width: 'minmax(120px, 2fr)',
    text: (stream) => stream.title ?? '',
    edit: limit('title', 500),
  },
  { id: 'place', words: messages.columns.place, width: 'minmax(90px, 1fr)', text: streamPlace, edit: place },
  {
    id: 'platform',
    words: messages.columns.platform,
    width: 'minmax(70px, 0.7fr)',
    text: (stream) => platformNames[stream.platform],
  },
  { id: 'kind', words: messages.columns.kind, width: '90px', text: (stream) => messages.kinds[stream.kind] },
  { id: 'state', words: messages.columns.state, width: 'minmax(96px, 0.9fr)', text: streamStateWords },
  /** Its cells are drawn by themselves: it is no part of a stream. */
  { id: 'viewers', words: messages.columns.viewers, width: '84px', text: () => '' },
  {
    id: 'source',
    words: messages.columns.source,
    width: 'minmax(80px, 1fr)',
    text: (stream) => stream.source ?? '',
    edit: limit('source', 255),
  },
  {
    id: 'notes',
    words: messages.columns.notes,
    width: 'minmax(100px, 1.5fr)',
    text: (stream) => stream.notes ?? '',
    edit: limit('notes', 10_000),
  },
  { id: 'tags', words: messages.columns.tags, width: 'minmax(80px, 1fr)', text: tags.text, edit: tags },
  {
    id: 'orientation',
    words: messages.columns.orientation,
    width: '90px',
    text: (stream) => (stream.orientation === undefined ? '' : messages.orientations[stream.orientation]),
  },
  {
    id: 'postedBy',
    words: messages.columns.postedBy,
    width: 'minmax(80px, 1fr)',
    text: (stream) => stream.postedBy ?? '',
  },
  {
    id: 'addedAt',
    words: messages.columns.addedAt,
    width: '130px',
    text: (stream) =>
      new Date(stream.addedAt).toLocaleString(locale, { dateStyle: 'short', timeStyle: 'short' }),
  },
  { id: 'link', words: messages.columns.link, width: 'minmax(120px, 2fr)', text: (stream) => stream.link },
];

/** The columns that a person has, in their order; those of a version to come are left out. */
export function chosenColumns(ids: readonly string[]): readonly Column[] {
  const chosen = ids.flatMap((id) => columns.filter((column) => column.id === id));
  return chosen.length === 0 ? columns.slice(0, 2) : chosen;
}
