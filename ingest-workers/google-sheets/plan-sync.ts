import type { CatalogueCommand, StreamChanges } from '#shared/document/command.ts';
import type { CatalogueView, StreamView } from '#shared/document/view.ts';
import type { StreamId } from '#shared/model/ids.ts';
import { isHeldForSheet } from '#shared/model/waits-for-sheet.ts';
import type { Agreed } from './agreed.ts';
import type { Livesheet, SheetRow } from './read-livesheet.ts';
import {
  filledColumns,
  followingColumns,
  policyOf,
  sharedColumns,
  type Column,
  type SharedColumn,
  type SheetPolicy,
} from './sheet-columns.ts';
import type { SheetLayout } from './sheet-layout.ts';
import { cellsOf, changeOf } from './stream-cells.ts';

/** One cell to be written. `row` is where the stream's row was when it was read. */
export type CellWrite = Readonly<{
  row: number;
  place: number;
  id: StreamId;
  column: Column;
  value: string;
}>;

/** What sheet and document agree on once something has been done. */
export type Agreement = Readonly<{ id: StreamId; texts: Agreed['streams'][StreamId] }>;

/** A change of the document that the sheet asks for. */
export type SheetWish = Agreement & Readonly<{ command: CatalogueCommand }>;

/** A whole row for a stream that has none. */
export type NewRow = Agreement & Readonly<{ values: readonly string[] }>;

/** Both sides changed it, and the policy is to ask. */
export type Conflict = Readonly<{ id: StreamId; column: SharedColumn; sheet: string; document: string }>;

export type SyncPlan = Readonly<{
  wishes: readonly SheetWish[];
  cells: readonly CellWrite[];
  appends: readonly NewRow[];
  conflicts: readonly Conflict[];
  agreed: Agreed['streams'];
}>;

type Draft = {
  readonly wishes: SheetWish[];
  readonly cells: CellWrite[];
  readonly conflicts: Conflict[];
  readonly agreed: Agreed['streams'];
};

/** Compares sheet and document, with what they agreed on last, and says what is to be done on either side. */
export function planSync(
  sheet: Livesheet,
  layout: SheetLayout,
  view: CatalogueView,
  before: Agreed['streams'],
  policy: SheetPolicy,
): SyncPlan {
  const draft: Draft = { wishes: [], cells: [], conflicts: [], agreed: { ...before } };
  const byStream = new Map<StreamId, SheetRow[]>();
  for (const row of sheet.rows) {
    const shownBy = view.resolve(row.id);
    byStream.set(shownBy, [...(byStream.get(shownBy) ?? []), row]);
  }
  for (const [id, rows] of byStream) {
    const stream = view.streams.get(id);
    if (stream !== undefined) compareStream(draft, stream, rows, layout, policy);
    else if (before[id] === undefined) draft.wishes.push(addTyped(id, rows));
    // It was removed from the document: the row is the person's, and stays.
  }
  const mayWrite = policy.mode !== 'migrate';
  const missing = [...view.streams.values()].filter(
    (stream) => !byStream.has(stream.id) && before[stream.id] === undefined && belongsInSheet(stream),
  );
  return {
    ...draft,
    cells: mayWrite ? draft.cells : [],
    appends: mayWrite ? missing.map((stream) => newRow(stream, layout)) : [],
  };
}

/** What waits for the sheet itself is what belongs there most. */
export const belongsInSheet = (stream: StreamView): boolean =>
  stream.archived !== true &&
  stream.moderation !== 'refused' &&
  (stream.moderation !== 'waiting' || isHeldForSheet(stream)) &&
  stream.kind !== 'background' &&
  stream.kind !== 'overlay';

/** The first row that says something decides what a new stream is. */
function addTyped(id: StreamId, rows: readonly SheetRow[]): SheetWish {
  const [first] = rows;
  if (first === undefined) throw new Error('a stream of no rows');
  const fields: StreamChanges = {};
  const texts: Partial<Record<SharedColumn, string>> = {};
  for (const column of sharedColumns) {
    const text = rows.map((row) => row.text(column)).find((value) => value !== '');
    const change = text === undefined ? undefined : changeOf(column, text);
    if (text === undefined || change === undefined) continue;
    Object.assign(fields, change);
    texts[column] = text;
  }
  const postedBy = first.text('postedBy').slice(0, 255);
  if (postedBy !== '') fields.postedBy = postedBy;
  return { id, texts, command: { type: 'add-stream', link: first.link, fields } };
}

function compareStream(
  draft: Draft,
  stream: StreamView,
  rows: readonly SheetRow[],
  layout: SheetLayout,
  policy: SheetPolicy,
): void {
  const document = cellsOf(stream);
  const agreed = { ...draft.agreed[stream.id] };
  const changes: StreamChanges = {};
  const texts: Partial<Record<SharedColumn, string>> = {};
  for (const column of sharedColumns) {
    if (!layout.places.has(column)) continue;
    const verdict = compareCell(rows, column, document[column], agreed[column], policy);
    if (verdict.type === 'alike') agreed[column] = document[column];
    if (verdict.type === 'to-sheet') writeCell(draft, stream.id, rows, column, document[column], layout);
    if (verdict.type === 'to-document') {
      Object.assign(changes, changeOf(column, verdict.text));
      texts[column] = verdict.text;
    }
    if (verdict.type === 'ask')
      draft.conflicts.push({ id: stream.id, column, sheet: verdict.text, document: document[column] });
  }
  for (const column of followingColumns)
    if (stream.statusAt !== undefined && document[column] !== '')
      writeCell(draft, stream.id, rows, column, document[column], layout);
  for (const column of filledColumns) {
    const empty = rows.filter(({ text }) => text(column) === '');
    writeCell(draft, stream.id, empty, column, document[column], layout);
  }
  draft.agreed[stream.id] = agreed;
  if (Object.keys(changes).length > 0)
    draft.wishes.push({ id: stream.id, texts, command: { type: 'edit-stream', id: stream.id, changes } });
}

type Verdict =
  { readonly type: 'alike' | 'to-sheet' } | { readonly type: 'to-document' | 'ask'; readonly text: string };

function compareCell(
  rows: readonly SheetRow[],
  column: SharedColumn,
  document: string,
  agreed: string | undefined,
  policy: SheetPolicy,
): Verdict {
  const texts = rows.map((row) => row.text(column));
  if (texts.every((text) => text === document)) return { type: 'alike' };
  // Of two rows of one stream, the one that is not as it was speaks for the sheet.
  const changed = texts.find((text) => text !== (agreed ?? ''));
  const isSheetNew = changed !== undefined;
  const text = changed ?? texts[0] ?? '';
  const isDocumentNew = document !== (agreed ?? '');
  if (changeOf(column, text) === undefined) return { type: 'ask', text };
  if (!isSheetNew || text === document) return { type: 'to-sheet' };
  if (!isDocumentNew) return { type: 'to-document', text };
  switch (policyOf(policy, column)) {
    case 'sheet':
      return { type: 'to-document', text };
    case 'document':
      return { type: 'to-sheet' };
    case 'ask':
      return { type: 'ask', text };
  }
}

function writeCell(
  draft: Draft,
  id: StreamId,
  rows: readonly SheetRow[],
  column: Column,
  value: string,
  layout: SheetLayout,
): void {
  const place = layout.places.get(column);
  if (place === undefined) return;
  for (const { row, text } of rows)
    if (text(column) !== value) draft.cells.push({ row, place, id, column, value });
}

/** The whole row of a stream. */
export function newRow(stream: StreamView, { places, width }: SheetLayout): NewRow {
  const values = Array.from({ length: width }, () => '');
  const cells = cellsOf(stream);
  for (const [column, place] of places) values[place] = cells[column];
  const shared = sharedColumns.filter((column) => places.has(column));
  return {
    id: stream.id,
    values,
    texts: Object.fromEntries(shared.map((column) => [column, cells[column]])),
  };
}
