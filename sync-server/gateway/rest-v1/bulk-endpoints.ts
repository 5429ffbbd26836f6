import { z } from 'zod';
import type { StreamFilter } from '../../projection/stream-filter.ts';
import type { StreamReads } from '../../projection/stream-reads.ts';
import { writeCsv } from './csv.ts';
import { endpoint, type Endpoint } from './endpoint.ts';
import { ImportInput, ImportReport, importStreams } from './import-streams.ts';
import { Time } from './rest-fields.ts';
import { showsEmails, type RestParts } from './rest-parts.ts';
import { filterOf, SortQuery, StreamFilterQuery } from './stream-list.ts';
import { shapeStream, StreamRow, StreamShape } from './stream-shape.ts';

const EXPORT_PAGE = 2_000;
const MOST_EXPORTED = 200_000;

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
        const pages = readExport(parts.reads, filter, sort, showsEmails(account.role));
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

type ExportedStream = z.infer<typeof Exported>['streams'][number];

/**
 * All streams of a filter, some at a time. Which they are is decided once, so that what is added, removed or moved meanwhile
 * makes none come twice, and leaves out none that stays.
 */
export async function* readExport(
  reads: Pick<StreamReads, 'keys' | 'chosen'>,
  filter: StreamFilter,
  sort: string | undefined,
  withEmails: boolean,
  atOnce = EXPORT_PAGE,
): AsyncGenerator<readonly ExportedStream[], void> {
  const keys = await reads.keys(filter, { sort, limit: MOST_EXPORTED });
  for (let from = 0; from < keys.length; from += atOnce) {
    const rows = await reads.chosen(keys.slice(from, from + atOnce));
    yield rows.map((row) => {
      const shaped = shapeStream(StreamRow.parse(row), withEmails);
      return { ...shaped, owner_email: shaped.user.email };
    });
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
    const rows = page.map((stream) => COLUMNS.map((column) => stream[column as keyof typeof stream]));
    if (head !== undefined || rows.length > 0) yield writeCsv(head, rows);
    head = undefined;
  }
  if (head !== undefined) yield writeCsv(head, []);
}
