import { z } from 'zod';
import { IgnoreId } from '#shared/model/ids.ts';
import { HttpRefusal } from '../http-refusal.ts';
import { readCsv } from './csv.ts';
import { endpoint, type Endpoint } from './endpoint.ts';
import { addRule, IgnoreShape, MOST_RULES, RuleInput, shapeRule } from './ignore-rules.ts';
import type { RestParts } from './rest-parts.ts';

const Entries = z.object({ entries: z.array(z.unknown()).max(20_000) });
const BulkAnswer = z.object({
  created: z.array(IgnoreShape),
  errors: z.array(z.object({ value: z.unknown(), errors: z.array(z.string()) })),
});
const core = { tag: 'ignore lists' } as const;

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
      answers: { 200: z.object({ deleted_count: z.int() }) },
      handle: async ({ body, signedIn }) => {
        await parts.desk.fresh();
        const rows = await parts.sql.query(
          "SELECT key FROM catalogue_records WHERE kind = 'ignore' AND id = ANY($1::integer[])",
          [body.ids],
        );
        const keys = rows.map(({ key }) => IgnoreId.parse(key));
        const deleted_count = await parts.desk.write(
          signedIn.account,
          (pen) => keys.filter((id) => pen.act({ type: 'remove-ignore', id }).ok).length,
        );
        return { body: { deleted_count } };
      },
    }),
  ];
}

/** Each entry on its own: what cannot be added is reported, the rest is. */
async function addMany(
  parts: RestParts,
  account: Parameters<RestParts['desk']['write']>[0],
  entries: readonly unknown[],
) {
  const errors: { value: unknown; errors: string[] }[] = [];
  const keys = await parts.desk.write(account, (pen) =>
    entries.flatMap((entry) => {
      const read = RuleInput.safeParse(entry);
      if (!read.success) {
        errors.push({
          value: valueOf(entry),
          errors: read.error.issues.map((one) => `${one.path.join('.')} ${one.message}`),
        });
        return [];
      }
      try {
        return [addRule(pen, read.data)];
      } catch (error) {
        if (!(error instanceof HttpRefusal)) throw error;
        errors.push({ value: read.data.value, errors: [error.message] });
        return [];
      }
    }),
  );
  const rows = await Promise.all(keys.map(async (key) => parts.records.find('ignore', key)));
  return {
    status: 201,
    body: { created: rows.flatMap((row) => (row === undefined ? [] : [shapeRule(row)])), errors },
  };
}

function valueOf(entry: unknown): unknown {
  const read = z.object({ value: z.unknown() }).safeParse(entry);
  return read.success ? (read.data.value ?? null) : (entry ?? null);
}
