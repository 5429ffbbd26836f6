import { z } from 'zod';
import { ArchivedStream } from '#shared/document/archived-stream.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { queryWords, recordText } from '#shared/replica/archive-text.ts';
import type { Json, StoreFailure } from '#shared/replica/replica-store.ts';
import type { ArchivedRecord, ArchivePage, ArchiveQuery } from '#shared/replica/stream-archive.ts';
import type { Past, ServerArchive } from '../archive/server-archive.ts';
import { LogUnavailable } from '../documents/update-log.ts';
import type { Sql, SqlValue } from './sql.ts';

/** A tsvector holds a megabyte; words beyond this are kept with the record, and not found by searching. */
const MAX_INDEXED_BYTES = 500_000;
const MAX_LIMIT = 200;

const Row = z
  .object({ id: z.string(), at_ms: z.coerce.number(), record: z.string() })
  .transform(({ id, at_ms: atMs, record }): ArchivedRecord => ({ id, atMs, record: readJson(record) }));
const PastRow = z.object({
  id: z.string(),
  at_ms: z.coerce.number(),
  record: z.string(),
  given_to: z.array(z.string()),
});
const Total = z.object({ total: z.coerce.number() });

/** The archive in the table of `migrations/`. */
export function createSqlServerArchive(sql: Sql): ServerArchive {
  return {
    put: async (records) => attempt(async () => put(sql, records)),
    get: async (id) =>
      attempt(async () => {
        const [row] = await sql.query('SELECT id, at_ms, record FROM archive WHERE id = $1', [id]);
        return row === undefined ? undefined : Row.parse(row);
      }),
    search: async (query) => attempt(async () => search(sql, query)),
    count: async () =>
      attempt(async () => {
        const [row] = await sql.query('SELECT count(*) AS total FROM archive');
        return Total.parse(row).total;
      }),
    findPasts: async (ids) => attempt(async () => findPasts(sql, ids)),
    noteGiven: async (id, births) =>
      attempt(async () => {
        await sql.query('UPDATE archive SET given_to = given_to || $2 WHERE id = $1', [id, births]);
        return undefined;
      }),
  };
}

/** All of it is one statement, so that all are stored or none. */
async function put(sql: Sql, records: readonly ArchivedRecord[]): Promise<undefined> {
  const latest = [...new Map(records.map((record) => [record.id, record])).values()];
  if (latest.length === 0) return undefined;
  const values: readonly SqlValue[] = [
    latest.map(({ id }) => id),
    latest.map(({ atMs }) => atMs),
    latest.map(({ record }) => JSON.stringify(record)),
    latest.map(({ record }) => indexedWords(record)),
  ];
  await sql.query(
    `INSERT INTO archive (id, at_ms, record, words)
     SELECT id, at_ms, record, array_to_tsvector(array_remove(string_to_array(words, ' '), ''))
     FROM unnest($1::text[], $2::bigint[], $3::text[], $4::text[]) AS given (id, at_ms, record, words)
     ON CONFLICT (id) DO UPDATE
     SET at_ms = excluded.at_ms, record = excluded.record, words = excluded.words, given_to = '{}'`,
    values,
  );
  return undefined;
}

async function search(
  sql: Sql,
  { text, offset, limit, fromMs, untilMs }: ArchiveQuery,
): Promise<ArchivePage> {
  const words = queryWords(text);
  if (words.length === 0 && text.trim() !== '') return { total: 0, records: [] };
  // Letters and digits only, so that they mean nothing else to Postgres.
  const wanted = words.length === 0 ? null : words.map((word) => `'${word}':*`).join(' & ');
  const where =
    'WHERE ($1::tsquery IS NULL OR words @@ $1::tsquery) AND at_ms >= $2::bigint AND at_ms < $3::bigint';
  const asked = [wanted, fromMs ?? Number.MIN_SAFE_INTEGER, untilMs ?? Number.MAX_SAFE_INTEGER];
  const page = [Math.min(Math.max(Math.trunc(limit), 1), MAX_LIMIT), Math.max(Math.trunc(offset), 0)];
  const [found, counted] = await Promise.all([
    sql.query(`SELECT id, at_ms, record FROM archive ${where} ORDER BY at_ms DESC, id LIMIT $4 OFFSET $5`, [
      ...asked,
      ...page,
    ]),
    sql.query(`SELECT count(*) AS total FROM archive ${where}`, asked),
  ]);
  return { total: Total.parse(counted[0]).total, records: found.map((row) => Row.parse(row)) };
}

async function findPasts(sql: Sql, ids: readonly string[]): Promise<ReadonlyMap<string, Past>> {
  const rows = await sql.query('SELECT id, at_ms, record, given_to FROM archive WHERE id = ANY($1)', [ids]);
  const pasts = new Map<string, Past>();
  for (const row of rows) {
    const { id, at_ms: atMs, record, given_to: givenTo } = PastRow.parse(row);
    const read = ArchivedStream.safeParse(readJson(record));
    if (read.success) pasts.set(id, { atMs, record: read.data, givenTo });
  }
  return pasts;
}

function indexedWords(record: Json): string {
  const words: string[] = [];
  let bytes = 0;
  for (const word of recordText(record).split(' ')) {
    bytes += Buffer.byteLength(word) + 8;
    if (bytes > MAX_INDEXED_BYTES) break;
    words.push(word);
  }
  return words.join(' ');
}

/** What this file wrote itself. */
const readJson = (text: string): Json => JSON.parse(text) as Json;

async function attempt<T>(work: () => Promise<T>): Promise<Result<T, StoreFailure>> {
  try {
    return ok(await work());
  } catch (error) {
    if (!(error instanceof LogUnavailable)) throw error;
    return fail({ reason: 'busy', words: 'The database does not answer.' });
  }
}
