import { z } from 'zod';
import { streamIdOf } from '#shared/model/stream-url.ts';
import type { StreamFilter } from '../../projection/stream-filter.ts';
import { HttpRefusal } from '../http-refusal.ts';
import { readCsv, writeCsv } from './csv.ts';
import { endpoint, type Endpoint } from './endpoint.ts';
import { Time } from './rest-fields.ts';
import { showsEmails, type RestParts } from './rest-parts.ts';
import { NewStreamInput } from './stream-input.ts';
import { filterOf, SortQuery, StreamFilterQuery } from './stream-list.ts';
import { shapeStream, StreamRow, StreamShape } from './stream-shape.ts';
import { addStream, readLink } from './write-stream.ts';

const MOST = 20_000;
/** Rows that are written at once; in between, others get their turn. */
const AT_ONCE = 500;
const EXPORT_PAGE = 2_000;
const MOST_EXPORTED = 200_000;

const ImportRow = z.object({
  index: z.int(),
  result: z.enum(['created', 'updated', 'unchanged', 'skipped', 'failed']),
  id: z.int().nullable(),
  errors: z.array(z.string()),
});
type ImportRow = z.infer<typeof ImportRow>;
const ImportReport = z
  .object({
    imported: z.int(),
    total: z.int(),
    errors: z.array(z.object({ index: z.int(), errors: z.array(z.string()) })),
    rows: z.array(ImportRow),
    dry_run: z.boolean(),
  })
  .meta({ id: 'ImportReport' });
const ImportInput = z.object({
  streams: z.array(z.unknown()).max(MOST).optional(),
  csv: z.string().max(12_000_000).optional(),
  /** `skip` leaves streams alone that are there. */
  mode: z.enum(['upsert', 'skip']).default('upsert'),
  dry_run: z.boolean().default(false),
});
type ImportInput = z.infer<typeof ImportInput>;

const ExportQuery = z.object({
  ...StreamFilterQuery.shape,
  ...SortQuery.shape,
  format: z.enum(['json', 'csv']).default('json'),
});
const Exported = z.object({
  exported_at: Time,
  count: z.int(),
  streams: z.array(StreamShape.extend({ owner_email: z.string().nullable() })),
});

export function bulkEndpoints(parts: RestParts): readonly Endpoint[] {
  return [
    endpoint({
      ...{ tag: 'streams', method: 'post', path: '/streams/bulk_import', writes: 'streams' },
      ...{ summary: 'Add many streams, each on its own, with a report for every row' },
      ...{ body: ImportInput, answers: { 200: ImportReport } },
      handle: async ({ body, signedIn }) => ({ body: await importStreams(parts, signedIn.account, body) }),
    }),
    endpoint({
      ...{
        tag: 'streams',
        method: 'get',
        path: '/streams/export',
        summary: 'All streams of a filter, as JSON or CSV',
      },
      ...{ query: ExportQuery, answers: { 200: Exported }, textType: 'text/csv' },
      handle: async ({ query: { format, sort, ...query }, signedIn: { account } }) => {
        await parts.desk.fresh();
        const filter = await filterOf(query, account.role, parts);
        const pages = readPages(parts, filter, sort, showsEmails(account.role));
        return {
          stream:
            format === 'json'
              ? { type: 'application/json; charset=utf-8', chunks: asJson(pages, parts.clock.nowMs()) }
              : { type: 'text/csv; charset=utf-8', chunks: asCsv(pages), fileName: 'streams.csv' },
        };
      },
    }),
  ];
}

const COLUMNS = [
  ...[
    'id',
    'source',
    'link',
    'status',
    'statusDetail',
    'platform',
    'title',
    'city',
    'state',
    'country',
    'kind',
  ],
  ...[
    'orientation',
    'code',
    'label',
    'notes',
    'posted_by',
    'is_pinned',
    'is_archived',
    'created_at',
    'updated_at',
  ],
  ...['started_at', 'ended_at', 'last_checked_at', 'last_live_at', 'streamKey', 'owner_email'],
] as const;

/** A spreadsheet must not take what a stranger wrote for a formula. */
const asCell = (value: unknown): unknown =>
  typeof value === 'string' && /^[=+@\t\r-]/.test(value) ? `'${value}` : (value ?? '');

type ExportedStream = z.infer<typeof Exported>['streams'][number];

async function* readPages(
  { reads }: RestParts,
  filter: StreamFilter,
  sort: string | undefined,
  withEmails: boolean,
): AsyncGenerator<readonly ExportedStream[]> {
  for (let offset = 0; offset < MOST_EXPORTED; offset += EXPORT_PAGE) {
    const rows = await reads.page(filter, { sort, limit: EXPORT_PAGE, offset });
    yield rows.map((row) => {
      const shaped = shapeStream(StreamRow.parse(row), withEmails);
      return { ...shaped, owner_email: shaped.user.email };
    });
    if (rows.length < EXPORT_PAGE) return;
  }
}

async function* asJson(
  pages: AsyncIterable<readonly ExportedStream[]>,
  nowMs: number,
): AsyncGenerator<string> {
  let count = 0;
  yield `{"exported_at":${JSON.stringify(new Date(nowMs).toISOString())},"streams":[`;
  for await (const page of pages) {
    if (page.length === 0) continue;
    yield `${count === 0 ? '' : ','}${page.map((stream) => JSON.stringify(stream)).join(',')}`;
    count += page.length;
  }
  yield `],"count":${String(count)}}`;
}

async function* asCsv(pages: AsyncIterable<readonly ExportedStream[]>): AsyncGenerator<string> {
  let head: readonly string[] | undefined = COLUMNS;
  for await (const page of pages) {
    const rows = page.map((stream) => COLUMNS.map((column) => asCell(stream[column as keyof typeof stream])));
    if (head !== undefined || rows.length > 0) yield writeCsv(head, rows);
    head = undefined;
  }
}

type Account = Parameters<RestParts['desk']['write']>[0];

async function importStreams(parts: RestParts, account: Account, input: ImportInput) {
  const given = input.streams ?? (input.csv === undefined ? [] : readCsv(input.csv, MOST).map(fromCells));
  const keys = new Map<number, string>();
  const rows: ImportRow[] = [];
  for (let from = 0; from < given.length; from += AT_ONCE) {
    const some = given.slice(from, from + AT_ONCE);
    if (input.dry_run)
      rows.push(
        ...some.map((row, i) =>
          importRow(row, from + i, ({ link }) => ({ key: readLink(link).url, result: 'unchanged' }), keys),
        ),
      );
    else
      await parts.desk.write(account, (pen) => {
        some.forEach((row, i) => {
          const index = from + i;
          rows.push(
            importRow(
              row,
              index,
              (read) => {
                const known = input.mode === 'skip' ? keyOfKnown(pen, read.link) : undefined;
                if (known !== undefined) return { key: known, result: 'skipped' };
                const { key, isNew } = addStream(pen, read, {}, parts.pausedPlatforms());
                return { key, result: isNew ? 'created' : 'updated' };
              },
              keys,
            ),
          );
        });
      });
  }
  const ids = await parts.records.idsOf('streams', [...new Set(keys.values())]);
  const failed = rows.filter(({ result }) => result === 'failed');
  return {
    imported: input.dry_run ? 0 : rows.length - failed.length,
    total: rows.length,
    errors: failed.map(({ index, errors }) => ({ index, errors })),
    rows: rows.map((row) => ({ ...row, id: ids.get(keys.get(row.index) ?? '') ?? null })),
    dry_run: input.dry_run,
  };
}

type Pen = Parameters<typeof addStream>[0];

/** The stream that has this link, if there is one. */
function keyOfKnown(pen: Pen, link: string): string | undefined {
  const { streams, resolve } = pen.catalogue.view();
  const key = resolve(streamIdOf(readLink(link).url));
  return streams.has(key) ? key : undefined;
}

const failed = (index: number, errors: string[]): ImportRow => ({
  index,
  result: 'failed',
  id: null,
  errors,
});

function importRow(
  row: unknown,
  index: number,
  write: (read: NewStreamInput) => { key: string; result: ImportRow['result'] },
  keys: Map<number, string>,
): ImportRow {
  const read = NewStreamInput.safeParse(row);
  if (!read.success)
    return failed(
      index,
      read.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`.trim()),
    );
  try {
    const { key, result } = write(read.data);
    keys.set(index, key);
    return { index, result, id: null, errors: [] };
  } catch (error) {
    if (error instanceof HttpRefusal) return failed(index, [error.message]);
    throw error;
  }
}

/** What spreadsheets write where there is nothing. */
const NOTHING = new Set(['', '-', 'n/a', 'na', 'null', 'none']);
/** Names of columns in the sheets that there are. */
const ALIASES: Readonly<Record<string, string>> = {
  ...{ url: 'link', 'stream url': 'link', 'posted by': 'posted_by', posted_by: 'posted_by', notes: 'notes' },
  ...{ region: 'state', name: 'source', streamer: 'source', type: 'kind' },
};
const KNOWN = new Set(Object.keys(NewStreamInput.shape));

function fromCells(cells: Readonly<Record<string, string>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(cells).flatMap(([name, text]): (readonly [string, unknown])[] => {
      const field = ALIASES[name] ?? name;
      if (!KNOWN.has(field) || NOTHING.has(text.trim().toLowerCase())) return [];
      if (field === 'is_pinned' || field === 'is_archived')
        return [[field, /^(true|yes|1|x)$/i.test(text.trim())]];
      if (field === 'latitude' || field === 'longitude') return [[field, Number(text)]];
      return [[field, text.trim()]];
    }),
  );
}
