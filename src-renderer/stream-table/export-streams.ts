import Papa from 'papaparse';
import type { StreamView } from '#shared/document/view.ts';
import type { ControlMirror } from '../stores/control-mirror.ts';
import { saveFile } from '../ui/save-file.ts';
import { orderStreams } from './order-streams.ts';

/** The columns of an exported list, in their order; `read-stream-list` reads them back. */
const COLUMNS = [
  'link',
  'code',
  'kind',
  'label',
  'title',
  'source',
  'city',
  'region',
  'country',
  'latitude',
  'longitude',
  'status',
  'orientation',
  'rotation',
  'labelPosition',
  'tags',
  'pinned',
  'noCheck',
  'postedBy',
  'notes',
] as const;

/** A text that a spreadsheet would take for a formula gets a quote in front, so that opening a list runs nothing. */
function harmless(value: unknown): unknown {
  return typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
}

export function streamsAsCsv(streams: readonly StreamView[]): string {
  const rows = streams.map((stream) =>
    COLUMNS.map((column) => (column === 'tags' ? stream.tags?.join(', ') : harmless(stream[column]))),
  );
  return Papa.unparse({ fields: [...COLUMNS], data: rows }, { newline: '\n' });
}

export function streamsAsJson(streams: readonly StreamView[]): string {
  const rows = streams.map((stream) =>
    Object.fromEntries(
      COLUMNS.flatMap((column) => (stream[column] === undefined ? [] : [[column, stream[column]]])),
    ),
  );
  return `${JSON.stringify({ streams: rows }, null, 2)}\n`;
}

/** Hands the whole list to the person as a file. */
export function exportStreams(form: 'csv' | 'json', { streams, wall }: ControlMirror): void {
  const listed = orderStreams(streams.values());
  const text = form === 'csv' ? streamsAsCsv(listed) : streamsAsJson(listed);
  const name = wall.name.replace(/[^\p{L}\p{N} _-]+/gu, '').trim() || 'streamwall';
  saveFile(`${name} streams.${form}`, form === 'csv' ? 'text/csv' : 'application/json', text);
}
