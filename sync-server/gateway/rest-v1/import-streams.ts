import { z } from 'zod';
import { StreamId } from '#shared/model/ids.ts';
import { streamIdOf } from '#shared/model/stream-url.ts';
import { HttpRefusal } from '../http-refusal.ts';
import { readImportCells } from './import-cells.ts';
import { inParts } from './in-parts.ts';
import type { RestParts } from './rest-parts.ts';
import { NewStreamInput } from './stream-input.ts';
import { addStream, readLink } from './write-stream.ts';

const MOST = 20_000;

const ImportRow = z.object({
  index: z.int(),
  result: z.enum(['created', 'updated', 'unchanged', 'skipped', 'failed']),
  id: z.int().nullable(),
  errors: z.array(z.string()),
});
type ImportRow = z.infer<typeof ImportRow>;
export const ImportReport = z
  .object({
    imported: z.int(),
    total: z.int(),
    errors: z.array(z.object({ index: z.int(), errors: z.array(z.string()) })),
    rows: z.array(ImportRow),
    dry_run: z.boolean(),
    /** The first row that was not taken, where an import that was broken off goes on; null when all were looked at. */
    next_index: z.int().nullable(),
  })
  .meta({ id: 'ImportReport' });
export const ImportInput = z.object({
  streams: z.array(z.unknown()).max(MOST).optional(),
  csv: z.string().max(12_000_000).optional(),
  /** `skip` leaves streams alone that are there. */
  mode: z.enum(['upsert', 'skip']).default('upsert'),
  dry_run: z.boolean().default(false),
});
type ImportInput = z.infer<typeof ImportInput>;

type Account = Parameters<RestParts['desk']['write']>[0];

type ImportParts = Pick<RestParts, 'pausedPlatforms'> & {
  readonly desk: Pick<RestParts['desk'], 'write'>;
  readonly records: Pick<RestParts['records'], 'idsOf'>;
};

/** What became of the rows so far, and which stream each of them is, by its place among the rows. */
type Progress = { readonly rows: ImportRow[]; readonly keys: Map<number, string> };

/**
 * Adds streams, some hundred at a time. What was taken stays, whatever becomes of the rest.
 * @throws {HttpRefusal} which says with `report` how far it came, when it was broken off
 */
export async function importStreams(
  parts: ImportParts,
  account: Account,
  input: ImportInput,
): Promise<z.infer<typeof ImportReport>> {
  const given = input.streams ?? (input.csv === undefined ? [] : readImportCells(input.csv, MOST));
  const progress: Progress = { rows: [], keys: new Map() };
  const broken = await inParts(given, async (some, from) => {
    progress.rows.push(...(await importSome(parts, account, { some, from, input }, progress.keys)));
  });
  const report = (ids: ReadonlyMap<string, number>) =>
    reportOf(progress, ids, { given: given.length, input, nextIndex: broken?.nextIndex ?? null });
  if (broken === undefined) return report(await idsOf(parts, progress));
  // Which streams they are is read from what has just failed; without, each still says what became of it.
  throw broken.refusal.having(report(await idsOf(parts, progress).catch(() => new Map())));
}

const idsOf = async ({ records }: ImportParts, { keys }: Progress) =>
  records.idsOf('streams', [...new Set(keys.values())]);

function reportOf(
  { rows, keys }: Progress,
  ids: ReadonlyMap<string, number>,
  of: { readonly given: number; readonly input: ImportInput; readonly nextIndex: number | null },
): z.infer<typeof ImportReport> {
  const { dry_run } = of.input;
  const failed = rows.filter(({ result }) => result === 'failed');
  return {
    imported: dry_run ? 0 : rows.length - failed.length,
    total: of.given,
    errors: failed.map(({ index, errors }) => ({ index, errors })),
    rows: rows.map((row) => ({ ...row, id: ids.get(keys.get(row.index) ?? '') ?? null })),
    dry_run,
    next_index: of.nextIndex,
  };
}

type Some = { readonly some: readonly unknown[]; readonly from: number; readonly input: ImportInput };

async function importSome(
  { desk, pausedPlatforms }: ImportParts,
  account: Account,
  { some, from, input }: Some,
  keys: Map<number, string>,
): Promise<readonly ImportRow[]> {
  if (input.dry_run)
    return some.map((row, i) =>
      importRow(row, from + i, ({ link }) => ({ key: readLink(link).url, result: 'unchanged' }), keys),
    );
  const { rows, firsts } = await desk.write(account, (pen) => ({
    firsts: pen.firsts,
    rows: some.map((row, i) =>
      importRow(
        row,
        from + i,
        (read) => {
          const known = input.mode === 'skip' ? keyOfKnown(pen, read.link) : undefined;
          if (known !== undefined) return { key: known, result: 'skipped' };
          const { key, isNew } = addStream(pen, read, {}, pausedPlatforms());
          return { key, result: isNew ? 'created' : 'updated' };
        },
        keys,
      ),
    ),
  }));
  const wasFirst = ({ index }: ImportRow): boolean => !firsts.has(StreamId.parse(keys.get(index)));
  return rows.map((row) => (row.result !== 'created' || wasFirst(row) ? row : { ...row, result: 'updated' }));
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
