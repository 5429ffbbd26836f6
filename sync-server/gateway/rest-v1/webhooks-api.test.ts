import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { startTestRest, uniqueName, type Json, type TestRest } from './test-rest.ts';

let rest: TestRest;
let [admin, operator] = ['', ''];
let listening: Server;
let origin = '';
const hook: { got: { body: string; signature: string; delivery: string }[]; status: number } = {
  got: [],
  status: 204,
};

beforeAll(async () => {
  listening = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const said = (name: string): string => String(request.headers[`x-streamwall-${name}`]);
      hook.got.push({ body, signature: said('signature'), delivery: said('delivery') });
      response.writeHead(hook.status).end();
    });
  });
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const address = listening.address();
  origin = `http://127.0.0.1:${String(typeof address === 'object' ? address?.port : 0)}`;
  rest = await startTestRest({ webhookOrigins: [origin], archiveAfterMinutes: 0.005 }, (ms) =>
    ms === 15_000 || ms === 1_000 ? 100 : ms,
  );
  admin = await rest.person('ada@example.org', 'admin');
  operator = await rest.person('olga@example.org', 'operator');
});
afterAll(async () => {
  await rest.end();
  listening.close();
});
beforeEach(() => {
  hook.got = [];
});

const at = '/api/v1/streams';
const add = async (fields: object): Promise<Json> => {
  const body = { link: `https://www.twitch.tv/${uniqueName()}`, ...fields };
  return (await rest.ask('POST', at, { token: operator, body })).json['stream'] as Json;
};
const one = (stream: Json): string => `${at}/${String(stream['id'])}`;
const until = async (check: () => Promise<void> | void) =>
  vi.waitFor(check, { timeout: 20_000, interval: 30 });
const addHook = async (body: object = {}): Promise<Json> =>
  (await rest.ask('POST', '/api/v1/webhooks', { token: admin, body: { url: `${origin}/in`, ...body } })).json;
const listHooks = async (): Promise<Json> =>
  (await rest.ask('GET', '/api/v1/webhooks', { token: admin })).json['webhooks'] as Json;
/** What the hook took of a stream, in the order in which it was told. */
const toldOf = (stream: Json): readonly Json[] =>
  hook.got
    .flatMap(({ body }) => (JSON.parse(body) as { changes: readonly Json[] }).changes)
    .filter((change) => change['key'] === stream['streamKey']);
const isOver = async (stream: Json): Promise<void> => {
  await rest.ask('PATCH', one(stream), { token: operator, body: { status: 'offline' } });
  const isArchived = async () =>
    (await rest.ask('GET', one(stream), { token: operator })).json['stream']?.['is_archived'];
  await until(async () => expect(await isArchived()).toBe(true));
};

describe('webhooks', () => {
  it('are told everything in order and signed, also what could not be told at first', async () => {
    const inside = await rest.ask('POST', '/api/v1/webhooks', {
      token: admin,
      body: { url: 'https://10.0.0.1/x' },
    });
    expect(inside.status).toBe(422);
    hook.status = 503;
    const made = await addHook();
    const [secret, id] = [String(made['secret']), String(made['webhook']?.['id'])];
    const stream = await add({ title: 'for the hook' });
    await until(() => expect(hook.got.length).toBeGreaterThan(0));
    hook.status = 204;
    await rest.ask('POST', `/api/v1/webhooks/${id}/retry`, { token: admin });
    await until(async () =>
      expect(await listHooks()).toMatchObject([{ id, tries: 0, last_status: 'answered 204' }]),
    );
    const { body, signature } = hook.got.at(-1) ?? { body: '', signature: '' };
    const [, seconds = '', digest] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(signature) ?? [];
    expect(createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')).toBe(digest);
    expect(toldOf(stream).map(({ type }) => type)).toContain('stream.created');
    expect((await rest.ask('DELETE', `/api/v1/webhooks/${id}`, { token: admin })).status).toBe(204);
    expect((await rest.ask('GET', '/api/v1/webhooks', { token: operator })).status).toBe(403);
  });

  it('hear of what time archives, once, and of who brings it back, each under a place of its own', async () => {
    const id = String((await addHook())['webhook']?.['id']);
    const stream = await add({ status: 'live' });
    await isOver(stream);
    const types = () => toldOf(stream).map(({ type }) => String(type));
    const updates = () => types().filter((type) => type === 'stream.updated').length;
    await until(() => expect(types()).toContain('stream.archived'));
    expect(toldOf(stream).find((change) => String(change['type']) === 'stream.archived')).toMatchObject({
      stream: { id: stream['id'], is_archived: true },
    });
    const before = updates();
    // What is pinned is not archived again as soon as it is back.
    await rest.ask('PUT', `${one(stream)}/pin`, { token: operator });
    await until(() => expect(updates()).toBe(before + 1));
    const back = await rest.ask('DELETE', `${one(stream)}/archive`, { token: operator });
    expect([back.status, back.json['stream']?.['is_archived']]).toEqual([200, false]);
    await until(() => expect(updates()).toBe(before + 2));
    expect(toldOf(stream).at(-1)).toMatchObject({ stream: { is_archived: false } });
    expect(types().filter((type) => type === 'stream.archived')).toHaveLength(1);
    const places = hook.got.map(({ body, delivery }) => {
      const { place } = JSON.parse(body) as { place: string };
      expect(delivery).toBe(`${id}-${place}`);
      return place;
    });
    expect(new Set(places).size).toBe(places.length);
    await rest.ask('DELETE', `/api/v1/webhooks/${id}`, { token: admin });
  });

  it('that ask for other kinds hear nothing of it', async () => {
    const [some, all] = [await addHook({ kinds: ['streamers'] }), await addHook()];
    const stream = await add({ status: 'live' });
    await isOver(stream);
    await until(() => expect(toldOf(stream).map(({ type }) => type)).toContain('stream.archived'));
    const heard = hook.got.filter(({ delivery }) => delivery.startsWith(String(some['webhook']?.['id'])));
    expect(heard).toEqual([]);
    for (const { webhook } of [some, all] as unknown as readonly { webhook: { id: string } }[])
      await rest.ask('DELETE', `/api/v1/webhooks/${webhook.id}`, { token: admin });
  });
});
