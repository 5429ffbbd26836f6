import { z } from 'zod';
import { IgnoreId } from '#shared/model/ids.ts';
import type { Pen } from '../../projection/catalogue-desk.ts';
import { HttpRefusal } from '../http-refusal.ts';
import { readCsv } from './csv.ts';
import { endpoint, type Endpoint } from './endpoint.ts';
import { addRule, IgnoreShape, MOST_RULES, RuleInput, shapeRule } from './ignore-rules.ts';
import { inParts, type BrokenOff } from './in-parts.ts';
import type { RestParts } from './rest-parts.ts';

const Entries = z.object({ entries: z.array(z.unknown()).max(20_000) });
const NextIndex = z.int().nullable();
const BulkAnswer = z.object({
  created: z.array(IgnoreShape),
  errors: z.array(z.object({ value: z.unknown(), errors: z.array(z.string()) })),
  /** The first entry that was not taken, where one that was broken off goes on; null when all were looked at. */
  next_index: NextIndex,
});
const DeleteAnswer = z.object({ deleted_count: z.int(), next_index: NextIndex });
/** What the refusal of either says that was broken off. */
export const RulesReport = z.union([BulkAnswer, DeleteAnswer]);
const core = { tag: 'ignore lists' } as const;

type RuleParts = {
  readonly desk: Pick<RestParts['desk'], 'write'>;
  readonly records: Pick<RestParts['records'], 'all'>;
};

/** Many rules at once. */
export function ignoreBulkEndpoints(parts: RestParts): readonly Endpoint[] {
  return [
    endpoint({
      ...{
        ...core,
        method: 'post',
        path: '/ignore_lists/bulk_create',
        summary: 'Add many rules, each on its own',
      },
      ...{ writes: 'ignore', body: Entries, answers: { 201: BulkAnswer } },
      handle: async ({ body, signedIn }) => addMany(parts, signedIn.account, body.entries),
    }),
    endpoint({
      ...{
        ...core,
        method: 'post',
        path: '/ignore_lists/import',
        summary: 'Add rules from CSV with list_type, value, notes',
      },
      ...{
        writes: 'ignore',
        body: z.object({ csv: z.string().max(8_000_000) }),
        answers: { 201: BulkAnswer },
      },
      handle: async ({ body, signedIn }) => addMany(parts, signedIn.account, readCsv(body.csv, MOST_RULES)),
    }),
    endpoint({
      ...{
        ...core,
        method: 'delete',
        path: '/ignore_lists/bulk_delete',
        summary: 'Remove many rules',
        writes: 'ignore',
      },
      body: z.object({ ids: z.array(z.coerce.number().int().min(1).max(2_147_483_647)).max(MOST_RULES) }),
      answers: { 200: DeleteAnswer },
      handle: async ({ body, signedIn }) => {
        await parts.desk.fresh();
        const rows = await parts.sql.query(
          "SELECT key FROM catalogue_records WHERE kind = 'ignore' AND id = ANY($1::integer[])",
          [body.ids],
        );
        const keys = rows.map(({ key }) => IgnoreId.parse(key));
        let deleted_count = 0;
        const broken = await inParts(keys, async (some) => {
          deleted_count += await parts.desk.write(
            signedIn.account,
            (pen) => some.filter((id) => pen.act({ type: 'remove-ignore', id }).ok).length,
          );
        });
        return { body: orThrow(broken, { deleted_count, next_index: broken?.nextIndex ?? null }) };
      },
    }),
  ];
}

function orThrow<Report extends object>(broken: BrokenOff | undefined, report: Report): Report {
  if (broken !== undefined) throw broken.refusal.having(report);
  return report;
}

type Unwanted = z.infer<typeof BulkAnswer>['errors'][number];

/**
 * Each entry on its own: what cannot be added is reported, the rest is.
 * @throws {HttpRefusal} which says with `report` how far it came, when it was broken off
 */
export async function addMany(
  { desk, records }: RuleParts,
  account: Parameters<RestParts['desk']['write']>[0],
  entries: readonly unknown[],
) {
  const keys: IgnoreId[] = [];
  const errors: Unwanted[] = [];
  const broken = await inParts(entries, async (some) => {
    const done = await desk.write(account, (pen) => some.map((entry) => addOne(pen, entry)));
    for (const one of done) if (typeof one === 'string') keys.push(one);
    for (const one of done) if (typeof one !== 'string') errors.push(one);
  });
  const rows = await records.all('ignore', keys).catch((error: unknown) => {
    if (broken === undefined) throw error;
    return [];
  });
  const report = { created: rows.map(shapeRule), errors, next_index: broken?.nextIndex ?? null };
  return { status: 201, body: orThrow(broken, report) };
}

function addOne(pen: Pen, entry: unknown): IgnoreId | Unwanted {
  const read = RuleInput.safeParse(entry);
  if (!read.success)
    return {
      value: valueOf(entry),
      errors: read.error.issues.map((one) => `${one.path.join('.')} ${one.message}`),
    };
  try {
    return addRule(pen, read.data);
  } catch (error) {
    if (!(error instanceof HttpRefusal)) throw error;
    return { value: read.data.value, errors: [error.message] };
  }
}

function valueOf(entry: unknown): unknown {
  const read = z.object({ value: z.unknown() }).safeParse(entry);
  return read.success ? (read.data.value ?? null) : (entry ?? null);
}
