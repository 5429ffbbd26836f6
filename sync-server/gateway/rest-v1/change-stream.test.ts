import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { follow as followAt } from './test-follow.ts';
import { startTestRest, uniqueName, type Json, type TestRest } from './test-rest.ts';

let rest: TestRest;
let [admin, operator, reader] = ['', '', ''];

beforeAll(async () => {
  rest = await startTestRest({}, (ms) => (ms === 15_000 ? 100 : ms));
  admin = await rest.person('ada@example.org', 'admin');
  operator = await rest.key('operator');
  reader = await rest.key('viewer');
});
afterAll(async () => rest.end());

const at = '/api/v1/streams';
const add = async (fields: object = {}): Promise<Json> => {
  const body = { link: `https://www.twitch.tv/${uniqueName()}`, ...fields };
  return (await rest.ask('POST', at, { token: operator, body })).json['stream'] as Json;
};
const one = (stream: Json): string => `${at}/${String(stream['id'])}`;
const until = async (check: () => Promise<void> | void) =>
  vi.waitFor(check, { timeout: 20_000, interval: 30 });
const follow = async (query: string, token = reader, headers: Record<string, string> = {}) =>
  followAt(rest.server.url, query, token, headers);

describe('following changes', () => {
  it('is told of each as it happens, and of what was missed in between', async () => {
    const first = await follow('');
    await until(() => expect(first.told()).toContain('event: hello'));
    const stream = await add({ title: 'one' });
    await until(() => expect(first.told()).toMatch(/event: stream\.created\ndata: .*"title":"one"/));
    const last = first.place();
    first.end();
    await rest.ask('PATCH', one(stream), { token: operator, body: { title: 'two' } });
    await rest.ask('DELETE', one(stream), { token: operator });
    const second = await follow(`?since=${last}&kinds=streams`);
    await until(() => expect(second.told()).toContain('event: stream.deleted'));
    expect(second.told()).not.toContain('stream.created');
    second.end();
  });

  it('goes on as long as somebody may come in, whatever it costs of their requests', async () => {
    const made = async (fields: object) =>
      (
        await rest.ask('POST', '/api/v1/keys', {
          token: admin,
          body: { label: 'x', role: 'viewer', ...fields },
        })
      ).json['key'] as Json;
    const [frugal, revoked] = [await made({ requests_per_minute: 1 }), await made({})];
    const [stays, goes] = [await follow('', String(frugal['key'])), await follow('', String(revoked['key']))];
    for (const { told } of [stays, goes]) await until(() => expect(told()).toContain('still here'));
    await rest.ask('DELETE', `/api/v1/keys/${String(revoked['id'])}`, { token: admin });
    await until(() => expect(goes.isOver()).toBe(true));
    const beats = () => stays.told().split('still here').length;
    const before = beats();
    await until(() => expect(beats()).toBeGreaterThan(before + 1));
    expect(stays.isOver()).toBe(false);
    stays.end();
  });

  it('goes on from the last id that was told, whatever the address says', async () => {
    const first = await follow('');
    await until(() => expect(first.place()).not.toBe(''));
    const begun = first.place();
    await add({ title: 'heard already' });
    await until(() => expect(first.told()).toContain('heard already'));
    first.end();
    await add({ title: 'missed' });
    const second = await follow(`?since=${begun}`, reader, { 'last-event-id': first.place() });
    await until(() => expect(second.told()).toContain('missed'));
    expect(second.told()).not.toContain('heard already');
    second.end();
  });

  it('is refused from a place that this store never told, with the last that it told', async () => {
    const follower = await follow('');
    await until(() => expect(follower.place()).not.toBe(''));
    follower.end();
    const [number = '', beside = '', store = ''] = follower.place().split('.');
    const beyond = [
      String(Number(number) + 1),
      '999999999999999',
      `${number}.${String(Number(beside) + 1)}`,
      `${number}.${beside}.another`,
      '0.0.another',
    ];
    const refused = { code: 'never-told', details: { last: [follower.place()] } };
    for (const since of beyond) {
      const asked = await rest.ask('GET', `/api/v1/changes?since=${since}`, { token: reader });
      expect([since, asked.status, asked.json]).toEqual([since, 410, expect.objectContaining(refused)]);
      const headers = { 'last-event-id': since };
      expect((await rest.ask('GET', '/api/v1/changes', { token: reader, headers })).status).toBe(410);
    }
    const url = 'https://hooks.example.org/';
    const hook = { url, since: Number(number) + 1 };
    expect((await rest.ask('POST', '/api/v1/webhooks', { token: admin, body: hook })).status).toBe(410);
    expect(store).toBe(await rest.store.log.storeId());
  });

  it('is refused from what is no place, wherever that is said', async () => {
    for (const since of ['-1', '1e3', '12345678901234567890', 'x', '1.2.3.4']) {
      const asked = await rest.ask('GET', `/api/v1/changes?since=${since}`, { token: reader });
      expect([since, asked.status]).toEqual([since, 422]);
      const headers = { 'last-event-id': since };
      const told = await rest.ask('GET', '/api/v1/changes', { token: reader, headers });
      expect([since, told.status, told.json['code']]).toEqual([since, 422, 'invalid']);
    }
  });

  it('is not kept from anybody by connections that were given up before they were answered', async () => {
    const key = await rest.key('viewer');
    const giveUp = async () =>
      new Promise<void>((resolve) => {
        const headers = { authorization: `Bearer ${key}` };
        const asking = request(`${rest.server.url}/api/v1/changes`, { headers });
        asking.on('error', () => undefined).once('close', resolve);
        asking.end(() => asking.destroy());
      });
    for (let round = 0; round < 30; round++) await giveUp();
    // Ten may be open at once.
    await until(async () => {
      const follower = await follow('', key);
      follower.end();
      expect(follower.status).toBe(200);
    });
  });
});
