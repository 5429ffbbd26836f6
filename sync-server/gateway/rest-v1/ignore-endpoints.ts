import { z } from 'zod';
import { IgnoreList } from '#shared/document/catalogue-fields.ts';
import { ignoreIdOf } from '#shared/document/ignore-rule.ts';
import { IgnoreId } from '#shared/model/ids.ts';
import { ignoredBy } from '../../retirement/plan-lifecycle.ts';
import { writeCsv } from './csv.ts';
import { endpoint, type Endpoint } from './endpoint.ts';
import { ignoreBulkEndpoints } from './ignore-bulk-endpoints.ts';
import {
  addRule,
  allRules,
  changeRule,
  IgnoreShape,
  RULE_ORDER,
  RuleInput,
  shapeRule,
} from './ignore-rules.ts';
import { metaOf, Page, PageMeta } from './rest-fields.ts';
import { findRecord, type RestParts } from './rest-parts.ts';
import { orRefuse } from './translate-failure.ts';
import { readLink } from './write-stream.ts';

const OneRule = z.object({ ignore_list: IgnoreShape });
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

const core = { tag: 'ignore lists' } as const;

export function ignoreEndpoints(parts: RestParts): readonly Endpoint[] {
  return [...readEndpoints(parts), ...ignoreBulkEndpoints(parts), ...oneEndpoints(parts)];
}

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
          ...{ kind: 'ignore', search, order: RULE_ORDER, limit: per_page, offset: (page - 1) * per_page },
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
    ...textEndpoints(parts),
  ];
}

function textEndpoints(parts: RestParts): readonly Endpoint[] {
  return [
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
