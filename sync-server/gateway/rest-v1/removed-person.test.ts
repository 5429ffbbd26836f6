import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { connectPlainClient } from '../../documents/test-plain-client.ts';
import { PASSWORD, startTestRest, uniqueName, type Json, type TestRest } from './test-rest.ts';

let rest: TestRest;
let admin = '';
beforeAll(async () => {
  rest = await startTestRest();
  await rest.another();
  admin = await rest.person('ada@example.org', 'admin');
});
afterAll(() => rest.end());

const until = async (check: () => Promise<void> | void) =>
  vi.waitFor(check, { timeout: 20_000, interval: 30 });
const api = async (method: string, path: string, token: string, body?: object) =>
  rest.ask(method, `/api/v1/${path}`, { token, ...(body === undefined ? {} : { body }) });
const made = async (path: string, token: string, body: object): Promise<Json> => {
  const { status, json, text } = await api('POST', path, token, body);
  if (status !== 201) throw new Error(`${path}: ${text}`);
  return json;
};

/** Somebody who has worked for a while: what they made, and what lets them in. */
async function work(name: string) {
  await rest.person(`${name}@example.org`, 'admin');
  const { json } = await rest.ask('POST', '/api/v1/login', {
    body: { user: { email: `${name}@example.org`, password: PASSWORD } },
  });
  const [token, refresh] = [String(json['token']), String(json['refresh_token'])];
  const { user } = (await api('GET', 'me', token)).json;
  const streamer = (await made('streamers', token, { name: `of ${name}` }))['streamer'];
  const link = `https://www.twitch.tv/${uniqueName()}`;
  const fields = { link, title: 'Kept', streamer_id: streamer?.['id'] };
  const stream = (await made('streams', token, { stream: fields }))['stream'];
  const wall = (await made('walls', token, { name: `Wall of ${name}` }))['wall'];
  const place = { type: 'place-stream', tile: 'tile1', stream: stream?.['streamKey'] };
  await api('POST', `walls/${String(wall?.['id'])}/commands`, token, {
    ...place,
    at: { x: 0, y: 0, w: 1, h: 1 },
  });
  const key = (await made('keys', token, { label: 'bot', role: 'service' }))['key'];
  const invite = (await made('invites', token, { role: 'admin' }))['invite'];
  return { token, refresh, user, streamer, stream, wall, key, invite, number: Number(user?.['id']) };
}

describe('a person who is removed', () => {
  it('[AC3] takes nothing along: streams, walls, history, audit and the keys of programs stay, under their name', async () => {
    const olga = await work('olga');
    expect((await api('DELETE', `users/${String(olga.number)}`, admin)).status).toBe(204);
    for (const at of [rest.server, await rest.another()]) {
      const ask = async (path: string) =>
        (await rest.ask('GET', `/api/v1/${path}`, { token: admin, at })).json;
      const { stream } = await ask(`streams/${String(olga.stream?.['id'])}`);
      expect(stream).toMatchObject({ title: 'Kept', user: { name: 'olga', email: null }, posted_by: 'olga' });
      expect((await ask(`streamers/${String(olga.streamer?.['id'])}`))['streamer']).toMatchObject({
        name: 'of olga',
        user: { name: 'olga' },
      });
      expect((await ask(`walls/${String(olga.wall?.['id'])}`))['wall']).toMatchObject({
        tiles: [{ stream_id: olga.stream?.['id'] }],
      });
      for (const document of ['catalogue', `wall:${String(olga.wall?.['wallKey'])}`]) {
        const history = await ask(`history/${document}`);
        const actor = String(stream?.['user']?.['actor']);
        expect(history['entries']).toContainEqual(expect.objectContaining({ actor, name: 'olga' }));
      }
    }
    await until(async () => {
      const { text } = await api('GET', `admin/audit?actor=${String(actorOf(olga.stream))}`, admin);
      for (const deed of ['key.made', 'invite.made', 'POST /api/v1/streams']) expect(text).toContain(deed);
    });
    expect((await api('GET', 'streams', String(olga.key?.['key']))).status).toBe(200);
  });

  it('[AC3] [AC21] comes in no more: not by a session, a token, a socket or an invitation of their own', async () => {
    const zoe = await work('zoe');
    const socket = connectPlainClient(rest.server.url, { token: zoe.token }, 'catalogue');
    await until(() => expect(socket.provider.synced).toBe(true));
    const take = async (email: string) =>
      rest.ask('POST', '/api/v1/invites/accept', {
        body: { token: String(zoe.invite?.['token']), name: 'Zoe', email, password: PASSWORD },
      });
    const change = async (body: object) => api('PATCH', `users/${String(zoe.number)}`, admin, body);
    expect((await change({ role: 'operator' })).status).toBe(200);
    expect((await take('back@example.org')).status).toBe(410);
    expect((await change({ role: 'admin' })).status).toBe(200);
    expect((await api('DELETE', `users/${String(zoe.number)}`, admin)).status).toBe(204);
    await until(() => expect(socket.closes).toContain('4401 not-signed-in'));
    socket.end();
    const refreshed = await rest.ask('POST', '/api/v1/tokens/refresh', {
      body: { refresh_token: zoe.refresh },
    });
    const again = await rest.ask('POST', '/api/v1/login', {
      body: { user: { email: 'zoe@example.org', password: PASSWORD } },
    });
    const late = await api('POST', 'streams', zoe.token, { stream: { link: 'https://kick.com/late' } });
    expect([late.status, refreshed.status, again.status]).toEqual([401, 401, 401]);
    expect((await take('zoe@example.org')).status).toBe(410);
  });
});

const actorOf = (stream: Json | undefined): Json | undefined => stream?.['user']?.['actor'];
