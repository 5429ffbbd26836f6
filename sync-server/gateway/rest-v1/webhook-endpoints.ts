import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Courier } from '../../webhooks/courier.ts';
import { refuseAddress } from '../../webhooks/https-sender.ts';
import type { Webhook } from '../../webhooks/webhook.ts';
import type { WebhookStore } from '../../webhooks/webhook-store.ts';
import type { ChangeFeed } from '../../projection/change-feed.ts';
import { HttpRefusal, refusals } from '../http-refusal.ts';
import { endpoint, type Endpoint } from './endpoint.ts';
import { placeToBegin } from './place-to-begin.ts';
import { isoTime, Time } from './rest-fields.ts';
import type { RestParts } from './rest-parts.ts';
import { KINDS } from './shape-changes.ts';

export type WebhookParts = {
  readonly webhooks: WebhookStore;
  readonly courier: Courier;
  readonly feed: ChangeFeed;
  /** Origins of private networks that may be told. */
  readonly webhookOrigins: readonly string[];
};

const MAX_WEBHOOKS = 100;
const WebhookShape = z
  .object({
    id: z.string(),
    url: z.string(),
    kinds: z.array(z.string()),
    created_by: z.string(),
    created_at: Time,
    told: z.int(),
    tries: z.int(),
    next_at: Time.nullable(),
    failing_since: Time.nullable(),
    last_status: z.string().nullable(),
    last_at: Time.nullable(),
    disabled_at: Time.nullable(),
  })
  .meta({ id: 'Webhook' });
const WebhookInput = z.object({
  url: z.string().max(2_048),
  kinds: z.array(z.enum(KINDS)).min(1).max(KINDS.length).default(['streams']),
  /** Begin with what changed after this number; without it, with what changes from now on. */
  since: z.int().min(0).optional(),
});
const core = { tag: 'webhooks', who: 'admin' } as const;

export function webhookEndpoints(parts: RestParts & WebhookParts): readonly Endpoint[] {
  const { webhooks, webhookOrigins, clock } = parts;
  return [
    endpoint({
      ...{ ...core, method: 'get', path: '/webhooks', summary: 'Where changes are told, and how that goes' },
      answers: { 200: z.object({ webhooks: z.array(WebhookShape) }) },
      handle: async () => ({ body: { webhooks: (await webhooks.list()).map(shapeWebhook) } }),
    }),
    endpoint({
      ...{
        ...core,
        method: 'post',
        path: '/webhooks',
        summary: 'Tell changes to an address; its secret is shown once',
      },
      ...{ body: WebhookInput, answers: { 201: z.object({ webhook: WebhookShape, secret: z.string() }) } },
      handle: async ({ body: { url, kinds, since }, signedIn: { account } }) => {
        const refusal = refuseAddress(url, webhookOrigins);
        if (refusal !== undefined) throw refusals.invalid('url', refusal);
        if ((await webhooks.list()).length >= MAX_WEBHOOKS)
          throw new HttpRefusal(422, 'limit', `There are ${String(MAX_WEBHOOKS)} webhooks already.`);
        const given =
          since === undefined ? undefined : { number: since, beside: undefined, store: undefined };
        const begin = await placeToBegin(parts, given);
        const hook: Webhook = {
          ...{ id: randomBytes(9).toString('base64url'), url, kinds, createdBy: account.actor },
          ...{ secret: `whsec_${randomBytes(32).toString('base64url')}`, createdAtMs: clock.nowMs() },
          ...{ told: begin.number, besideTold: begin.beside },
          ...{ tries: 0, nextAtMs: 0, failingSinceMs: undefined },
          ...{ lastStatus: undefined, lastAtMs: undefined, disabledAtMs: undefined },
        };
        await webhooks.add(hook);
        return { status: 201, body: { webhook: shapeWebhook(hook), secret: hook.secret } };
      },
    }),
    ...oneEndpoints(parts),
  ];
}

function oneEndpoints({ webhooks, courier }: RestParts & WebhookParts): readonly Endpoint[] {
  const find = async (id = ''): Promise<Webhook> => {
    const hook = await webhooks.find(id);
    if (hook === undefined) throw refusals.notFound();
    return hook;
  };
  return [
    endpoint({
      ...{
        ...core,
        method: 'post',
        path: '/webhooks/{id}/retry',
        summary: 'Try again now, also one that was given up',
      },
      answers: { 200: z.object({ webhook: WebhookShape }) },
      handle: async ({ params }) => {
        const again = { ...(await find(params['id'])), tries: 0, nextAtMs: 0 };
        const hook = { ...again, failingSinceMs: undefined, disabledAtMs: undefined };
        await webhooks.note(hook);
        return { body: { webhook: shapeWebhook(hook) } };
      },
    }),
    endpoint({
      ...{
        ...core,
        method: 'post',
        path: '/webhooks/{id}/test',
        summary: 'Send it a message without changes',
      },
      answers: { 200: z.object({ taken: z.boolean(), status: z.string() }) },
      handle: async ({ params }) => {
        const { isTaken, words } = await courier.tryOut(await find(params['id']));
        return { body: { taken: isTaken, status: words } };
      },
    }),
    endpoint({
      ...{ ...core, method: 'delete', path: '/webhooks/{id}', summary: 'Tell it nothing any more' },
      answers: { 204: undefined },
      handle: async ({ params }) => {
        if (!(await webhooks.remove(params['id'] ?? ''))) throw refusals.notFound();
        return {};
      },
    }),
  ];
}

function shapeWebhook(hook: Webhook): z.infer<typeof WebhookShape> {
  return {
    ...{ id: hook.id, url: hook.url, kinds: [...hook.kinds], created_by: hook.createdBy },
    ...{ created_at: isoTime(hook.createdAtMs) ?? '', told: Math.max(0, hook.told), tries: hook.tries },
    next_at: hook.tries === 0 ? null : isoTime(hook.nextAtMs),
    ...{ failing_since: isoTime(hook.failingSinceMs), last_status: hook.lastStatus ?? null },
    ...{ last_at: isoTime(hook.lastAtMs), disabled_at: isoTime(hook.disabledAtMs) },
  };
}
