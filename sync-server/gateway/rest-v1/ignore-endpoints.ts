import { z } from 'zod';
import { IgnoreList } from '#shared/document/catalogue-fields.ts';
import { ignoreIdOf, ignoreValue } from '#shared/document/ignore-rule.ts';
import type { IgnoreView } from '#shared/document/view.ts';
import { IgnoreId } from '#shared/model/ids.ts';
import type { Pen } from '../../projection/catalogue-desk.ts';
import { ignoredBy } from '../../retirement/plan-lifecycle.ts';
import { HttpRefusal, refusals } from '../http-refusal.ts';
import { readCsv, writeCsv } from './csv.ts';
import { endpoint, type Endpoint } from './endpoint.ts';
import { recordRow } from './record-shape.ts';
import { clearable, isoTime, metaOf, Page, PageMeta, Time } from './rest-fields.ts';
import { findRecord, type RestParts } from './rest-parts.ts';
import { orRefuse } from './translate-failure.ts';
import { readLink } from './write-stream.ts';

const IgnoreShape = z
  .object({
    id: z.int(),
    list_type: IgnoreList,
    value: z.string(),
    notes: z.string().nullable(),
    created_at: Time,
    updated_at: Time,
  })
  .meta({ id: 'IgnoreList' });
type IgnoreShape = z.infer<typeof IgnoreShape>;
const OneRule = z.object({ ignore_list: IgnoreShape });
const RuleRow = recordRow<IgnoreView>();

const RuleInput = z.object({
  list_type: IgnoreList,
  value: z.string().trim().min(1).max(2_048),
  notes: clearable(1_000).optional(),
});
type RuleInput = z.infer<typeof RuleInput>;
const Entries = z.object({ entries: z.array(z.unknown()).max(20_000) });
const BulkAnswer = z.object({
  created: z.array(IgnoreShape),
  errors: z.array(z.object({ value: z.unknown(), errors: z.array(z.string()) })),
});
const ByType = z.object({
  twitch_users: z.array(z.string()),
  discord_users: z.array(z.string()),
  urls: z.array(z.string()),
  domains: z.array(z.string()),
});
const RuleQuery = z.object({
  list_type: IgnoreList.optional(),
  search: z.string().max(200).optional(),
  ...Page.shape,
});
const NAMES = {
  twitch_user: 'twitch_users',
  discord_user: 'discord_users',
  url: 'urls',
  domain: 'domains',
} as const;

const ORDER = "r.body->>'type', r.body->>'value', r.id";
const MOST = 20_000;
const core = { tag: 'ignore lists' } as const;

export function ignoreEndpoints(parts: RestParts): readonly Endpoint[] {
  return [...readEndpoints(parts), ...bulkEndpoints(parts), ...oneEndpoints(parts)];
}

const allRules = async ({ records }: RestParts): Promise<IgnoreShape[]> =>
  (await records.page({ kind: 'ignore', order: ORDER, limit: MOST, offset: 0 })).rows.map(shapeRule);

function readEndpoints(parts: RestParts): readonly Endpoint[] {
  return [
    endpoint({
      ...{
        ...core,
        method: 'get',
        path: '/ignore_lists',
        summary: 'List and search ignore rules',
        isKept: true,
      },
      ...{
        query: RuleQuery,
        answers: { 200: z.object({ ignore_lists: z.array(IgnoreShape), meta: PageMeta }) },
      },
      handle: async ({ query: { page, per_page, search, list_type } }) => {
        const { rows, total } = await parts.records.page({
          ...{ kind: 'ignore', search, order: ORDER, limit: per_page, offset: (page - 1) * per_page },
          where: list_type === undefined ? [] : [["r.body->>'type' = $?", list_type]],
        });
        return { body: { ignore_lists: rows.map(shapeRule), meta: metaOf(total, { page, per_page }) } };
      },
    }),
    endpoint({
      ...{ ...core, method: 'get', path: '/ignore_lists/by_type', summary: 'Values of all rules, by type' },
      ...{ answers: { 200: ByType }, isKept: true },
      handle: async () => {
        const body: z.infer<typeof ByType> = { twitch_users: [], discord_users: [], urls: [], domains: [] };
        for (const { list_type, value } of await allRules(parts)) body[NAMES[list_type]].push(value);
        return { body };
      },
    }),
    endpoint({
      ...{ ...core, method: 'get', path: '/ignore_lists/export.csv', summary: 'All rules as CSV' },
      ...{ answers: { 200: undefined }, textType: 'text/csv' },
      handle: async () => {
        await parts.desk.fresh();
        const rows = (await allRules(parts)).map(({ list_type, value, notes }) => [
          list_type,
          value,
          notes ?? '',
        ]);
        const content = writeCsv(['list_type', 'value', 'notes'], rows);
        return { text: { type: 'text/csv; charset=utf-8', content, fileName: 'ignore_lists.csv' } };
      },
    }),
    endpoint({
      ...{
        ...core,
        method: 'get',
        path: '/ignore_lists/check',
        summary: 'Whether a link is ignored, and by what',
      },
      query: z.object({
        link: z.string().max(4_096),
        source: z.string().max(255).optional(),
        posted_by: z.string().max(255).optional(),
      }),
      answers: { 200: z.object({ ignored: z.boolean(), rule: z.string().nullable() }) },
      handle: async ({ query: { link, ...posted } }) => {
        const url = readLink(link);
        await parts.desk.fresh();
        const rules = (await allRules(parts)).map(({ list_type, value }) => ignoreIdOf(list_type, value));
        const ignore = new Set(rules);
        const rule = ignoredBy({ ignore }, url, posted);
        return { body: { ignored: rule !== undefined, rule: rule ?? null } };
      },
    }),
  ];
}

function bulkEndpoints(parts: RestParts): readonly Endpoint[] {
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
      handle: async ({ body, signedIn }) => addMany(parts, signedIn.account, readCsv(body.csv, MOST)),
    }),
    endpoint({
      ...{
        ...core,
        method: 'delete',
        path: '/ignore_lists/bulk_delete',
        summary: 'Remove many rules',
        writes: 'ignore',
      },
      body: z.object({ ids: z.array(z.coerce.number().int().min(1).max(2_147_483_647)).max(MOST) }),
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

function oneEndpoints(parts: RestParts): readonly Endpoint[] {
  const show = async (id: IgnoreId | string | undefined) => ({
    ignore_list: shapeRule(await findRecord(parts, 'ignore', id)),
  });
  return [
    endpoint({
      ...{ ...core, method: 'get', path: '/ignore_lists/{id}', summary: 'Show a rule', isKept: true },
      ...{ answers: { 200: OneRule }, handle: async ({ params }) => ({ body: await show(params['id']) }) },
    }),
    endpoint({
      ...{ ...core, method: 'post', path: '/ignore_lists', summary: 'Add a rule', writes: 'ignore' },
      ...{ wrapped: 'ignore_list', body: RuleInput, answers: { 201: OneRule } },
      handle: async ({ body, signedIn }) => {
        const key = await parts.desk.write(signedIn.account, (pen) => addRule(pen, body));
        return { status: 201, body: await show(key) };
      },
    }),
    ...(['patch', 'put'] as const).map((method) =>
      endpoint({
        ...{
          ...core,
          method,
          path: '/ignore_lists/{id}',
          summary: 'Change a rule; with another value it is another rule',
        },
        ...{ writes: 'ignore', wrapped: 'ignore_list', body: RuleInput.partial(), answers: { 200: OneRule } },
        handle: async ({ params, body, signedIn }) => {
          const before = shapeRule(await findRecord(parts, 'ignore', params['id']));
          const said = {
            ...before,
            ...Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)),
          };
          const key = await parts.desk.write(signedIn.account, (pen) =>
            changeRule(pen, before, RuleInput.parse(said)),
          );
          return { body: await show(key) };
        },
      }),
    ),
    endpoint({
      ...{
        ...core,
        method: 'delete',
        path: '/ignore_lists/{id}',
        summary: 'Remove a rule',
        writes: 'ignore',
      },
      answers: { 204: undefined },
      handle: async ({ params, signedIn }) => {
        const id = IgnoreId.parse((await findRecord(parts, 'ignore', params['id'])).key);
        await parts.desk.write(signedIn.account, (pen) => orRefuse(pen.act({ type: 'remove-ignore', id })));
        return {};
      },
    }),
  ];
}

function shapeRule(raw: unknown): IgnoreShape {
  const { id, body, updated_at_ms } = RuleRow.parse(raw);
  return {
    ...{ id, list_type: body.type, value: body.value, notes: body.notes ?? null },
    ...{ created_at: isoTime(body.addedAt) ?? '', updated_at: isoTime(updated_at_ms) ?? '' },
  };
}

const keyOf = ({ list_type, value }: Pick<RuleInput, 'list_type' | 'value'>): IgnoreId =>
  ignoreIdOf(list_type, ignoreValue(list_type, value));

/** @throws {HttpRefusal} for one that is there */
function addRule(pen: Pen, input: RuleInput): IgnoreId {
  const key = keyOf(input);
  if (pen.catalogue.view().ignore.has(key)) throw refusals.invalid('value', 'has already been taken');
  putRule(pen, input);
  return key;
}

function putRule(pen: Pen, { list_type, value, notes }: RuleInput): void {
  orRefuse(
    pen.act({ type: 'add-ignore', list: list_type, value, ...(notes ? { notes } : { notes: undefined }) }),
    'value',
  );
}

function changeRule(pen: Pen, before: IgnoreShape, input: RuleInput): IgnoreId {
  const [from, to] = [keyOf(before), keyOf(input)];
  if (to !== from && pen.catalogue.view().ignore.has(to))
    throw refusals.invalid('value', 'has already been taken');
  // A rule is what it says: without its notes, or with another value, it is made anew.
  if (to !== from || !input.notes) orRefuse(pen.act({ type: 'remove-ignore', id: from }));
  putRule(pen, input);
  return to;
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
