import { z } from 'zod';
import { MAX_ACCOUNTS, StreamerAccount, StreamerFields } from '#shared/document/catalogue-fields.ts';
import type { StreamerView } from '#shared/document/view.ts';
import { StreamerId, type StreamId } from '#shared/model/ids.ts';
import { Link } from '#shared/model/stream.ts';
import { readStreamUrl } from '#shared/model/stream-url.ts';
import type { Account } from '../../accounts/access.ts';
import type { Pen } from '../../projection/catalogue-desk.ts';
import { HttpRefusal, refusals } from '../http-refusal.ts';
import { endpoint, type Endpoint } from './endpoint.ts';
import { recordRow, shapeOwner } from './record-shape.ts';
import { clearable, isoTime, metaOf, Owner, Page, PageMeta, Time } from './rest-fields.ts';
import { findRecord, showsEmails, type RestParts } from './rest-parts.ts';
import { PlatformInput } from './stream-input.ts';
import { orRefuse } from './translate-failure.ts';
import { freshStreamerId } from './write-stream.ts';

const AccountShape = z.object({
  platform: StreamerAccount.shape.platform,
  username: z.string(),
  profile_url: z.string().nullable(),
  is_active: z.boolean(),
});
const StreamerShape = z
  .object({
    id: z.int(),
    name: z.string(),
    notes: z.string().nullable(),
    posted_by: z.string().nullable(),
    platforms: z.array(z.string()),
    accounts: z.array(AccountShape),
    priority: z.int().nullable(),
    streams_count: z.int(),
    active_streams_count: z.int(),
    user: Owner,
    created_at: Time,
    updated_at: Time,
    streamerKey: z.string(),
  })
  .meta({ id: 'Streamer' });
const OneStreamer = z.object({ streamer: StreamerShape });
const StreamerRow = recordRow<StreamerView>();

const AccountInput = z
  .object({
    platform: PlatformInput.optional(),
    username: z.string().trim().max(120).optional(),
    profile_url: clearable(2_048).optional(),
    is_active: z.boolean().default(true),
  })
  .refine(
    ({ platform, username, profile_url }) => (platform && username) || profile_url,
    'needs platform and username, or a profile_url',
  );
type AccountInput = z.infer<typeof AccountInput>;
const StreamerInput = z.object({
  name: z.string().trim().min(1).max(255),
  notes: clearable(10_000).optional(),
  posted_by: clearable(255).optional(),
  priority: z.int().min(0).max(100).nullable().optional(),
  accounts: z.array(AccountInput).max(MAX_ACCOUNTS).optional(),
});
const StreamerChanges = StreamerInput.partial();
type StreamerChanges = z.infer<typeof StreamerChanges>;
const StreamerQuery = z.object({
  search: z.string().max(200).optional(),
  platform: PlatformInput.optional(),
  sort: z.enum(['name', '-name', 'created', '-created']).default('name'),
  ...Page.shape,
});
const ORDERS = {
  name: "lower(r.body->>'name'), r.id",
  '-name': "lower(r.body->>'name') DESC, r.id DESC",
  created: 'r.added_at_ms, r.id',
  '-created': 'r.added_at_ms DESC, r.id DESC',
};
const core = { tag: 'streamers' } as const;

export function streamerEndpoints(parts: RestParts): readonly Endpoint[] {
  return [...listAndShow(parts), ...change(parts), ...accounts(parts)];
}

const show = async (parts: RestParts, id: string | undefined, account: Account) => ({
  streamer: shapeStreamer(await findRecord(parts, 'streamers', id), account),
});

function listAndShow(parts: RestParts): readonly Endpoint[] {
  return [
    endpoint({
      ...{ ...core, method: 'get', path: '/streamers', summary: 'List and search streamers', isKept: true },
      ...{
        query: StreamerQuery,
        answers: { 200: z.object({ streamers: z.array(StreamerShape), meta: PageMeta }) },
      },
      handle: async ({ query: { page, per_page, search, platform, sort }, signedIn }) => {
        const { rows, total } = await parts.records.page({
          ...{
            kind: 'streamers',
            search,
            order: ORDERS[sort],
            limit: per_page,
            offset: (page - 1) * per_page,
          },
          where:
            platform === undefined
              ? []
              : [["r.body->'accounts' @> $?::jsonb", JSON.stringify([{ platform }])]],
        });
        const streamers = rows.map((row) => shapeStreamer(row, signedIn.account));
        return { body: { streamers, meta: metaOf(total, { page, per_page }) } };
      },
    }),
    endpoint({
      ...{ ...core, method: 'get', path: '/streamers/{id}', summary: 'Show a streamer', isKept: true },
      answers: { 200: OneStreamer },
      handle: async ({ params, signedIn }) => ({ body: await show(parts, params['id'], signedIn.account) }),
    }),
  ];
}

function change(parts: RestParts): readonly Endpoint[] {
  return [
    endpoint({
      ...{ ...core, method: 'post', path: '/streamers', summary: 'Add a streamer', writes: 'streamers' },
      ...{ wrapped: 'streamer', body: StreamerInput, answers: { 201: OneStreamer } },
      handle: async ({ body, signedIn: { account } }) => {
        const id = await parts.desk.write(account, (pen) => {
          const fresh = freshStreamerId(pen.catalogue.view().streamers, body.name);
          putStreamer(pen, fresh, body);
          return fresh;
        });
        return { status: 201, body: await show(parts, id, account) };
      },
    }),
    ...(['patch', 'put'] as const).map((method) =>
      endpoint({
        ...{ ...core, method, path: '/streamers/{id}', summary: 'Change a streamer', writes: 'streamers' },
        ...{ wrapped: 'streamer', body: StreamerChanges, answers: { 200: OneStreamer } },
        handle: async ({ params, body, signedIn: { account } }) => {
          const { key } = await findRecord(parts, 'streamers', params['id']);
          await parts.desk.write(account, (pen) => putStreamer(pen, StreamerId.parse(key), body));
          return { body: await show(parts, key, account) };
        },
      }),
    ),
    endpoint({
      ...{
        ...core,
        method: 'delete',
        path: '/streamers/{id}',
        summary: 'Remove a streamer; their streams stay',
      },
      ...{ writes: 'streamers', answers: { 204: undefined } },
      handle: async ({ params, signedIn: { account } }) => {
        const id = StreamerId.parse((await findRecord(parts, 'streamers', params['id'])).key);
        await parts.desk.write(account, (pen) => {
          handOver(pen, id, null);
          orRefuse(pen.act({ type: 'remove-streamer', id }));
        });
        return {};
      },
    }),
    endpoint({
      ...{ ...core, method: 'post', path: '/streamers/{id}/merge', summary: 'Make two streamers one' },
      ...{
        writes: 'streamers',
        body: z.object({ into: z.int().min(1).max(2_147_483_647) }),
        answers: { 200: OneStreamer },
      },
      handle: async ({ params, body, signedIn: { account } }) => {
        const from = StreamerId.parse((await findRecord(parts, 'streamers', params['id'])).key);
        const into = StreamerId.parse((await findRecord(parts, 'streamers', String(body.into))).key);
        if (from === into) throw refusals.invalid('into', 'is the same streamer');
        await parts.desk.write(account, (pen) => mergeStreamers(pen, from, into));
        return { body: await show(parts, into, account) };
      },
    }),
  ];
}

function accounts(parts: RestParts): readonly Endpoint[] {
  return [
    endpoint({
      ...{ ...core, method: 'post', path: '/streamers/{id}/accounts', summary: 'Add or change an account' },
      ...{ writes: 'streamers', wrapped: 'account', body: AccountInput, answers: { 201: OneStreamer } },
      handle: async ({ params, body, signedIn: { account } }) => {
        const id = StreamerId.parse((await findRecord(parts, 'streamers', params['id'])).key);
        await parts.desk.write(account, (pen) => {
          const added = accountOf(body);
          const others = shown(pen, id).accounts.filter((one) => !isSame(one, added));
          putStreamer(pen, id, {}, [...others, added]);
        });
        return { status: 201, body: await show(parts, id, account) };
      },
    }),
    endpoint({
      ...{ ...core, method: 'delete', path: '/streamers/{id}/accounts/{platform}/{username}' },
      ...{ summary: 'Remove an account', writes: 'streamers', answers: { 200: OneStreamer } },
      handle: async ({ params, signedIn: { account } }) => {
        const id = StreamerId.parse((await findRecord(parts, 'streamers', params['id'])).key);
        const { platform = '', username = '' } = params;
        await parts.desk.write(account, (pen) => {
          const before = shown(pen, id).accounts;
          const others = before.filter((one) => !isSame(one, { platform, username }));
          if (others.length === before.length) throw refusals.notFound();
          putStreamer(pen, id, {}, others);
        });
        return { body: await show(parts, id, account) };
      },
    }),
  ];
}

function shapeStreamer(raw: unknown, { role }: Account): z.infer<typeof StreamerShape> {
  const row = StreamerRow.parse(raw);
  const { body } = row;
  return {
    ...{ id: row.id, name: body.name, notes: body.notes ?? null },
    posted_by: body.postedBy ?? row.user_name ?? row.key_label,
    platforms: [...new Set(body.accounts.filter(({ active }) => active).map(({ platform }) => platform))],
    accounts: body.accounts.map(({ platform, username, profileUrl, active }) => ({
      ...{ platform, username, profile_url: profileUrl ?? null, is_active: active },
    })),
    priority: body.priority ?? null,
    ...{ streams_count: row.streams_count, active_streams_count: row.live_count },
    user: shapeOwner(row, body.addedBy, showsEmails(role)),
    ...{ created_at: isoTime(body.addedAt) ?? '', updated_at: isoTime(row.updated_at_ms) ?? '' },
    streamerKey: body.id,
  };
}

type Accounts = StreamerView['accounts'];

const fold = (text: string): string => text.trim().toLowerCase();
const isSame = (
  one: { readonly platform: string; readonly username: string },
  other: { readonly platform: string; readonly username: string },
): boolean => one.platform === other.platform && fold(one.username) === fold(other.username);

function shown(pen: Pen, id: StreamerId): StreamerView {
  const streamer = pen.catalogue.view().streamers.get(id);
  if (streamer === undefined) throw refusals.notFound();
  return streamer;
}

/** An account, from its parts or from the address of its page. @throws {HttpRefusal} */
function accountOf({ platform, username, profile_url, is_active }: AccountInput): Accounts[number] {
  const read = profile_url ? readStreamUrl(profile_url) : undefined;
  if (read?.ok === false) throw refusals.invalid('profile_url', read.error.message);
  const name = username || read?.value.username;
  if (!name) throw refusals.invalid('username', 'cannot be read from profile_url');
  return StreamerAccount.parse({
    ...{ platform: platform ?? read?.value.platform ?? 'other', username: name, active: is_active },
    ...(profile_url ? { profileUrl: Link.parse(profile_url) } : {}),
  });
}

/** One account is one person's; one name, too. @throws {HttpRefusal} */
function putStreamer(pen: Pen, id: StreamerId, input: StreamerChanges, accountsNow?: Accounts): void {
  const { streamers } = pen.catalogue.view();
  const before = streamers.get(id);
  const accounts = accountsNow ?? input.accounts?.map(accountOf) ?? before?.accounts ?? [];
  const name = input.name ?? before?.name;
  if (name === undefined) throw refusals.notFound();
  const others = [...streamers.values()].filter((one) => one.id !== id);
  if (others.some((one) => fold(one.name) === fold(name)))
    throw refusals.invalid('name', 'has already been taken');
  const taken = accounts.find((account) =>
    others.some((one) => one.accounts.some((its) => isSame(its, account))),
  );
  if (taken !== undefined)
    throw refusals.invalid('accounts', `${taken.platform} ${taken.username} belongs to another streamer`);
  const fields = {
    ...{ name, accounts },
    ...keep('notes', input.notes, before?.notes),
    ...keep('postedBy', input.posted_by, before?.postedBy),
    ...keep('priority', input.priority, before?.priority),
  };
  const read = StreamerFields.safeParse(fields);
  if (!read.success) throw new HttpRefusal(422, 'invalid', 'An account cannot be read.');
  orRefuse(pen.act({ type: 'put-streamer', id, fields: read.data }), 'name');
}

/** What is said, or else what was; null and nothing clear. */
function keep<T>(name: string, said: T | null | undefined, before: T | undefined): Record<string, T> {
  const value = said === undefined ? before : said;
  return value === undefined || value === null || value === '' ? {} : { [name]: value };
}

/** All streams of a streamer become another's, or nobody's. */
function handOver(pen: Pen, from: StreamerId, to: StreamerId | null): void {
  const streams: StreamId[] = [...pen.catalogue.view().streams.values()].flatMap(({ id, streamer }) =>
    streamer === from ? [id] : [],
  );
  for (const id of streams) orRefuse(pen.act({ type: 'edit-stream', id, changes: { streamer: to } }));
}

function mergeStreamers(pen: Pen, from: StreamerId, into: StreamerId): void {
  const [gone, kept] = [shown(pen, from), shown(pen, into)];
  const accounts = [
    ...kept.accounts,
    ...gone.accounts.filter((one) => !kept.accounts.some((its) => isSame(its, one))),
  ];
  const notes = [kept.notes, gone.notes].filter(Boolean).join('\n').slice(0, 10_000);
  handOver(pen, from, into);
  orRefuse(pen.act({ type: 'remove-streamer', id: from }));
  putStreamer(pen, into, { notes }, accounts.slice(0, MAX_ACCOUNTS));
}
