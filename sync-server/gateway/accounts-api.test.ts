import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { systemClock } from '#shared/kernel/clock.ts';
import type { Logger } from '#shared/kernel/logger.ts';
import type { Role } from '#shared/model/role.ts';
import { createPasswords } from '../accounts/argon2-passwords.ts';
import { createInMemoryQuotas } from '../accounts/in-memory-quotas.ts';
import { createMembers } from '../accounts/members.ts';
import { makeKey, type NewKey } from '../accounts/service-key.ts';
import { totpCode } from '../accounts/totp.ts';
import { createSyncServer, type ServerParts, type SyncServer } from '../create-sync-server.ts';
import { createInMemoryFanOut } from '../documents/in-memory-fan-out.ts';
import { createInMemoryPresenceBoard } from '../documents/in-memory-presence-board.ts';
import { systemTimers } from '../documents/timers.ts';
import type { Store } from '../open-store.ts';
import { createTestStore } from '../test-store.ts';

const PASSWORD = 'correct horse battery';
const passwords = createPasswords();

let store: Store;
let server: SyncServer;
let ends: (() => unknown)[];
let logged: string[];
const fanOut = createInMemoryFanOut();

beforeEach(async () => {
  store = createTestStore();
  ends = [];
  logged = [];
  server = await start();
});
afterEach(async () => {
  for (const end of ends.toReversed()) await end();
});

async function start(config: Partial<ServerParts['config']> = {}): Promise<SyncServer> {
  const note = (message: string, details: unknown): void =>
    void logged.push(JSON.stringify({ message, details }));
  const logger: Logger = { info: note, warn: note, error: note };
  const started = await createSyncServer({
    config: { host: '127.0.0.1', port: 0, historyDays: 90, ...config },
    ...{ store, fanOut: fanOut(), board: createInMemoryPresenceBoard(systemClock) },
    ...{ quotas: createInMemoryQuotas(systemClock), clock: systemClock, timers: systemTimers, logger },
  });
  ends.push(started.stop);
  return started;
}

type Answer = { status: number; headers: Headers; text: string; json: Record<string, unknown> };
type Asked = {
  token?: string | undefined;
  body?: unknown;
  headers?: Record<string, string>;
  at?: SyncServer;
};

async function ask(
  method: string,
  path: string,
  { token, body, headers = {}, at = server }: Asked = {},
): Promise<Answer> {
  const response = await fetch(`${at.url}${path}`, {
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    redirect: 'manual',
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false;
  const json = isJson ? (JSON.parse(text) as Record<string, unknown>) : {};
  return { status: response.status, headers: response.headers, text, json };
}

async function addUser(email: string, role: Role): Promise<void> {
  const members = createMembers({ stores: store.accounts, passwords, clock: systemClock });
  const added = await members.add({ email, role, name: email, password: PASSWORD });
  if (!added.ok) throw new Error(added.error.reason);
}

async function logIn(
  email: string,
  at = server,
): Promise<{ token: string; refresh: string; session: string }> {
  const { json } = await ask('POST', '/api/v1/login', { body: { user: { email, password: PASSWORD } }, at });
  return {
    token: String(json['token']),
    refresh: String(json['refresh_token']),
    session: String(json['session_id']),
  };
}

async function tokenOf(role: Role): Promise<string> {
  await addUser(`${role}@example.org`, role);
  return (await logIn(`${role}@example.org`)).token;
}

async function keyOf(wanted: NewKey): Promise<{ id: string; key: string }> {
  const { stored, key } = makeKey(wanted, systemClock.nowMs());
  await store.accounts.keys.add(stored);
  return { id: stored.id, key };
}

function connect(params: Record<string, string>, at = server, document = 'wall:main') {
  const doc = new Y.Doc();
  const provider = new WebsocketProvider(`${at.url.replace('http', 'ws')}/sync`, document, doc, {
    params,
    disableBc: true,
  });
  const closes: string[] = [];
  provider.on('connection-close', (event) => closes.push(`${String(event?.code)} ${event?.reason ?? ''}`));
  ends.push(() => {
    provider.destroy();
    doc.destroy();
  });
  return { provider, closes };
}
const until = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 10_000 });

describe('logging in', () => {
  it('answers as StreamSource’s clients expect, with their body or a flat one', async () => {
    await addUser('ana@example.org', 'operator');
    for (const body of [
      { user: { email: ' ANA@example.org', password: PASSWORD } },
      { email: 'ana@example.org', password: PASSWORD },
    ]) {
      const { status, json } = await ask('POST', '/api/v1/login', { body });
      expect(status).toBe(200);
      expect(json).toMatchObject({
        status: { code: 200 },
        user: { id: 1, email: 'ana@example.org', role: 'editor', roleDetail: 'operator' },
        token: expect.stringMatching(/^eyJ/) as unknown,
      });
    }
    const wrong = await ask('POST', '/api/v1/login', {
      body: { user: { email: 'ana@example.org', password: 'x' } },
    });
    expect([wrong.status, wrong.json]).toEqual([
      401,
      { error: 'Invalid email or password', code: 'wrong-credentials' },
    ]);
  });

  it('[AC12] is throttled by account, and says when to come back', async () => {
    await addUser('ana@example.org', 'operator');
    const attempt = async (password: string) =>
      ask('POST', '/api/v1/login', { body: { user: { email: 'ana@example.org', password } } });
    const answers = await Promise.all(Array.from({ length: 12 }, async () => attempt('wrong')));
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(2);
    const late = await attempt(PASSWORD);
    expect([late.status, late.json['code']]).toEqual([429, 'too-many-requests']);
    expect(Number(late.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('[AC16] logging out ends the token at once', async () => {
    const token = await tokenOf('viewer');
    expect((await ask('GET', '/api/v1/me', { token })).status).toBe(200);
    expect((await ask('DELETE', '/api/v1/logout', { token })).json).toMatchObject({ status: 200 });
    expect((await ask('GET', '/api/v1/me', { token })).status).toBe(401);
    expect((await ask('DELETE', '/api/v1/logout')).status).toBe(200);
  });

  it('[AC6] a refresh token is used up by its use, and a copy of it ends the session', async () => {
    await addUser('ana@example.org', 'operator');
    const first = await logIn('ana@example.org');
    const refresh = async (token: string) =>
      ask('POST', '/api/v1/tokens/refresh', { body: { refresh_token: token } });
    const second = await refresh(first.refresh);
    expect(second.status).toBe(200);
    expect((await ask('GET', '/api/v1/me', { token: String(second.json['token']) })).status).toBe(200);
    expect((await refresh(first.refresh)).status).toBe(401);
    expect((await refresh(String(second.json['refresh_token']))).status).toBe(401);
    expect((await ask('GET', '/api/v1/me', { token: String(second.json['token']) })).status).toBe(401);
  });

  it('a page gets its refresh token in a cookie that other sites cannot use', async () => {
    await addUser('ana@example.org', 'operator');
    const opened = await ask('POST', '/api/v1/login', {
      body: { email: 'ana@example.org', password: PASSWORD, cookie: true },
    });
    expect(opened.json['refresh_token']).toBeUndefined();
    const set = opened.headers.get('set-cookie') ?? '';
    expect(set).toMatch(
      /^streamwall_refresh=swr_[^;]+; Path=\/api\/v1\/tokens; .*HttpOnly; SameSite=Strict$/,
    );
    const cookie = set.split(';')[0] ?? '';
    const refresh = async (headers: Record<string, string>) =>
      ask('POST', '/api/v1/tokens/refresh', { headers });
    expect((await refresh({ cookie, origin: 'https://evil.example' })).status).toBe(403);
    const refreshed = await refresh({ cookie, origin: server.url });
    expect(refreshed.status).toBe(200);
    expect(refreshed.json['refresh_token']).toBeUndefined();
    expect((await refresh({})).status).toBe(401);
    expect((await refresh({ cookie })).status).toBe(200);
  });
});

describe('one’s own account', () => {
  it('shows who one is: a person, or a key', async () => {
    const token = await tokenOf('monitor');
    expect((await ask('GET', '/api/v1/me', { token })).json).toMatchObject({
      user: { email: 'monitor@example.org', role: 'default', roleDetail: 'monitor' },
    });
    const { id, key } = await keyOf({ role: 'service', grants: ['walls'], label: 'bot' });
    expect((await ask('GET', '/api/v1/me', { token: key })).json).toMatchObject({
      key: { id, role: 'service', grants: ['walls'] },
    });
    expect((await ask('GET', '/api/v1/sessions', { token: key })).status).toBe(403);
  });

  it('changes the password for who knows the old one, and ends other sessions', async () => {
    const token = await tokenOf('viewer');
    const other = (await logIn('viewer@example.org')).token;
    const change = async (body: object) => ask('PATCH', '/api/v1/me', { token, body });
    expect((await change({ password: 'another long one' })).status).toBe(422);
    expect((await change({ password: 'another long one', current_password: 'wrong' })).status).toBe(403);
    expect((await change({ password: 'short', current_password: PASSWORD })).json).toMatchObject({
      code: 'invalid',
      details: { password: [expect.stringContaining('too short')] },
    });
    expect((await change({ password: 'another long one', current_password: PASSWORD })).status).toBe(200);
    expect((await ask('GET', '/api/v1/me', { token })).status).toBe(200);
    expect((await ask('GET', '/api/v1/me', { token: other })).status).toBe(401);
  });

  it('lists sessions and ends them, one’s own only', async () => {
    await addUser('ana@example.org', 'operator');
    await addUser('ben@example.org', 'operator');
    const [first, second, ben] = [
      await logIn('ana@example.org'),
      await logIn('ana@example.org'),
      await logIn('ben@example.org'),
    ];
    const { json } = await ask('GET', '/api/v1/sessions', { token: first.token });
    expect(json['sessions']).toHaveLength(2);
    expect(json['sessions']).toContainEqual(expect.objectContaining({ id: first.session, current: true }));
    const end = async (id: string) => ask('DELETE', `/api/v1/sessions/${id}`, { token: first.token });
    expect((await end(ben.session)).status).toBe(404);
    expect((await end(second.session)).status).toBe(204);
    expect((await ask('GET', '/api/v1/me', { token: second.token })).status).toBe(401);
    expect((await ask('GET', '/api/v1/me', { token: ben.token })).status).toBe(200);
  });

  it('[AC9] takes a second factor once a code of it was given back', async () => {
    const token = await tokenOf('admin');
    const { json } = await ask('POST', '/api/v1/me/second-factor', { token });
    const secret = String(json['secret']);
    const code = (step = 0) => totpCode(secret, Math.floor(Date.now() / 30_000) + step);
    const confirm = async (given: string) =>
      ask('PUT', '/api/v1/me/second-factor', { token, body: { secret, code: given, password: PASSWORD } });
    expect((await confirm('000000')).status).toBe(422);
    const used = code();
    expect((await confirm(used)).json).toMatchObject({ user: { second_factor: true } });
    const attempt = async (given?: string) =>
      ask('POST', '/api/v1/login', { body: { email: 'admin@example.org', password: PASSWORD, code: given } });
    expect((await attempt()).json).toMatchObject({ code: 'second-factor-needed' });
    expect((await attempt(used)).status).toBe(401);
    expect((await attempt(code(1))).status).toBe(200);
    const drop = await ask('DELETE', '/api/v1/me/second-factor', { token, body: { password: PASSWORD } });
    expect(drop.json).toMatchObject({ user: { second_factor: false } });
  });
});

describe('people', () => {
  it('are managed by admins, under StreamSource’s names of roles or ours', async () => {
    const token = await tokenOf('admin');
    const add = async (email: string, role: string) =>
      ask('POST', '/api/v1/users', { token, body: { user: { email, role, password: PASSWORD } } });
    const ana = await add('ana@example.org', 'editor');
    expect([ana.status, ana.json]).toMatchObject([201, { user: { role: 'editor', roleDetail: 'operator' } }]);
    expect((await add('ana@example.org', 'viewer')).json).toMatchObject({
      details: { email: ['has already been taken'] },
    });
    expect((await add('ben@example.org', 'emperor')).status).toBe(422);
    const { id } = ana.json['user'] as { id: number };
    const patch = async (body: object) => ask('PATCH', `/api/v1/users/${String(id)}`, { token, body });
    expect((await patch({ role: 'monitor', name: 'Ana' })).json).toMatchObject({
      user: { role: 'default', roleDetail: 'monitor', name: 'Ana' },
    });
    const list = await ask('GET', '/api/v1/users?per_page=1&page=2', { token });
    expect(list.json).toMatchObject({
      users: [{ id }],
      meta: { current_page: 2, total_pages: 2, total_count: 2, per_page: 1 },
    });
    expect((await ask('GET', '/api/v1/users?page=0', { token })).status).toBe(422);
    const { token: anas } = await logIn('ana@example.org');
    expect((await patch({ disabled: true })).status).toBe(200);
    expect((await ask('GET', '/api/v1/me', { token: anas })).status).toBe(401);
    expect((await ask('DELETE', `/api/v1/users/${String(id)}`, { token })).status).toBe(204);
    expect((await ask('GET', `/api/v1/users/${String(id)}`, { token })).status).toBe(404);
  });

  it('[AC2] keep their last admin', async () => {
    const token = await tokenOf('admin');
    for (const answer of [
      await ask('PATCH', '/api/v1/users/1', { token, body: { role: 'viewer' } }),
      await ask('PATCH', '/api/v1/users/1', { token, body: { disabled: true } }),
      await ask('DELETE', '/api/v1/users/1', { token }),
    ])
      expect([answer.status, answer.json['code']]).toEqual([409, 'last-admin']);
  });

  it('nobody else may look at or change them, nor keys and invitations', async () => {
    const roles: readonly Role[] = ['operator', 'monitor', 'viewer', 'service'];
    const tokens = await Promise.all(roles.map(tokenOf));
    const scope = { documents: ['catalogue'], roots: undefined };
    tokens.push((await keyOf({ role: 'admin', grants: [], label: 'narrow', scope })).key);
    for (const token of tokens) {
      for (const [method, path] of [
        ...([
          ['GET', 'users'],
          ['POST', 'users'],
          ['GET', 'users/1'],
          ['PATCH', 'users/1'],
          ['DELETE', 'users/1'],
        ] as const),
        ...([
          ['GET', 'users/1/sessions'],
          ['DELETE', 'users/1/sessions'],
          ['DELETE', 'users/1/second-factor'],
        ] as const),
        ...([
          ['GET', 'keys'],
          ['POST', 'keys'],
          ['DELETE', 'keys/x'],
          ['POST', 'keys/x/rotate'],
        ] as const),
        ...([
          ['GET', 'invites'],
          ['POST', 'invites'],
          ['DELETE', 'invites/x'],
        ] as const),
      ]) {
        const answer = await ask(method, `/api/v1/${path}`, {
          token,
          ...(method === 'GET' ? {} : { body: {} }),
        });
        expect([method, path, answer.status]).toEqual([method, path, 403]);
        expect((await ask(method, `/api/v1/${path}`)).status).toBe(401);
      }
    }
  });

  it('sign up by themselves only where that is allowed, and as viewers', async () => {
    const body = {
      user: { email: 'new@example.org', password: PASSWORD, password_confirmation: PASSWORD, role: 'admin' },
    };
    expect((await ask('POST', '/api/v1/signup', { body })).json).toMatchObject({ code: 'signup-off' });
    const open = await start({ mayAnybodySignUp: true });
    expect((await ask('POST', '/api/v1/signup', { body, at: open })).json).toMatchObject({
      status: { code: 200 },
      data: { email: 'new@example.org', roleDetail: 'viewer' },
    });
    const differs = { user: { ...body.user, email: 'b@example.org', password_confirmation: 'x' } };
    expect((await ask('POST', '/api/v1/signup', { body: differs, at: open })).status).toBe(422);
  });
});

describe('keys', () => {
  it('are shown once, narrowed as wanted, and another takes over without a gap', async () => {
    const token = await tokenOf('admin');
    const made = await ask('POST', '/api/v1/keys', {
      token,
      body: {
        label: 'sheet',
        documents: ['wall:main'],
        roots: ['audio'],
        grants: ['audio'],
        expires_in_days: 1,
      },
    });
    expect(made.status).toBe(201);
    const first = made.json['key'] as { id: string; key: string };
    const list = await ask('GET', '/api/v1/keys', { token });
    expect(list.text).not.toContain(first.key);
    expect(list.json['keys']).toMatchObject([{ id: first.id, documents: ['wall:main'], roots: ['audio'] }]);
    const rotated = await ask('POST', `/api/v1/keys/${first.id}/rotate`, {
      token,
      body: { overlap_hours: 1 },
    });
    const second = rotated.json['key'] as { id: string; key: string };
    for (const { key } of [first, second])
      expect((await ask('GET', '/api/v1/me', { token: key })).status).toBe(200);
    await ask('POST', `/api/v1/keys/${second.id}/rotate`, { token, body: { overlap_hours: 0 } });
    expect((await ask('GET', '/api/v1/me', { token: second.key })).status).toBe(401);
    expect((await ask('DELETE', `/api/v1/keys/${first.id}`, { token })).status).toBe(204);
    expect((await ask('GET', '/api/v1/me', { token: first.key })).status).toBe(401);
    expect((await ask('POST', '/api/v1/keys', { token, body: { documents: ['nonsense'] } })).status).toBe(
      422,
    );
  });

  it('[AC18] have a number of requests of their own', async () => {
    const { key } = await keyOf({ role: 'viewer', grants: [], label: '', requestsPerMinute: 3 });
    const answers = [];
    for (let i = 0; i < 5; i += 1) answers.push((await ask('GET', '/api/v1/me', { token: key })).status);
    expect(answers).toEqual([200, 200, 200, 429, 429]);
  });
});

describe('invitations', () => {
  it('[AC7] survive being looked at, and let in one person', async () => {
    const token = await tokenOf('admin');
    const made = await ask('POST', '/api/v1/invites', { token, body: { role: 'operator' } });
    const { link, token: invite } = made.json['invite'] as { link: string; token: string };
    expect(link).toBe(`${server.url}/invite/${invite}`);
    for (let i = 0; i < 3; i += 1) {
      const page = await ask('GET', `/invite/${invite}`);
      expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
      expect((await ask('HEAD', `/invite/${invite}`)).status).toBe(200);
    }
    expect((await ask('POST', '/api/v1/invites/look', { body: { token: invite } })).json).toMatchObject({
      invite: { role: 'operator' },
    });
    const accept = async (email: string) =>
      ask('POST', '/api/v1/invites/accept', {
        body: { token: invite, name: 'Ana', email, password: PASSWORD },
      });
    const both = await Promise.all([accept('ana@example.org'), accept('ben@example.org')]);
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 410]);
    const lucky = both.find(({ status }) => status === 201);
    expect((await ask('GET', '/api/v1/me', { token: String(lucky?.json['token']) })).json).toMatchObject({
      user: { roleDetail: 'operator' },
    });
    expect((await ask('GET', `/invite/${invite}`)).status).toBe(410);
  });

  it('can be taken in the page that they link to, which says what is wrong', async () => {
    const token = await tokenOf('admin');
    const { json } = await ask('POST', '/api/v1/invites', { token, body: { email: 'ana@example.org' } });
    const { token: invite } = json['invite'] as { token: string };
    const send = async (form: string) =>
      ask('POST', `/invite/${invite}`, {
        body: form,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      });
    const weak = await send('name=%3Cb%3EAna&email=ana%40example.org&password=short');
    expect(weak.status).toBe(422);
    expect(weak.text).toContain('password is too short');
    const done = await send(`name=Ana&email=ana%40example.org&password=${encodeURIComponent(PASSWORD)}`);
    expect(done.status).toBe(201);
    expect(done.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(done.headers.get('set-cookie')).toContain('HttpOnly');
    expect((await logIn('ana@example.org')).token).toMatch(/^eyJ/);
  });

  it('for a guest need a name only; for an admin they are no guest’s', async () => {
    const token = await tokenOf('admin');
    const make = async (body: object) => ask('POST', '/api/v1/invites', { token, body });
    expect((await make({ role: 'admin', guest_hours: 2 })).status).toBe(422);
    const { token: invite } = (await make({ guest_hours: 2 })).json['invite'] as { token: string };
    const accepted = await ask('POST', '/api/v1/invites/accept', { body: { token: invite, name: 'Guest' } });
    expect(accepted.json).toMatchObject({ user: { email: null, roleDetail: 'viewer', name: 'Guest' } });
    const guest = connect({ token: String(accepted.json['token']) });
    await until(() => expect(guest.provider.synced).toBe(true));
  });
});

describe('sockets', () => {
  it('[AC8] open by a ticket, on any instance, once', async () => {
    const other = await start();
    const token = await tokenOf('operator');
    const { status, json } = await ask('POST', '/api/v1/socket-tickets', { token });
    expect([status, json['expires_in_ms']]).toEqual([201, 30_000]);
    const ticket = String(json['ticket']);
    const first = connect({ ticket }, other);
    await until(() => expect(first.provider.synced).toBe(true));
    const second = connect({ ticket });
    await until(() => expect(second.closes).toEqual(['4401 not-signed-in']));
    expect((await ask('POST', '/api/v1/socket-tickets')).status).toBe(401);
  });

  it('[AC16] that are open end when their person is disabled or signs out, on every instance', async () => {
    const other = await start();
    const boss = await tokenOf('admin');
    await addUser('ana@example.org', 'operator');
    const [first, second] = [await logIn('ana@example.org'), await logIn('ana@example.org', other)];
    const clients = [
      connect({ token: first.token }),
      connect({ token: first.token }, other),
      connect({ token: second.token }, other),
    ];
    for (const { provider } of clients) await until(() => expect(provider.synced).toBe(true));
    await ask('DELETE', '/api/v1/logout', { token: first.token });
    for (const client of clients.slice(0, 2))
      await until(() => expect(client.closes[0]).toBe('4401 not-signed-in'));
    expect(clients[2]?.closes).toEqual([]);
    await ask('PATCH', '/api/v1/users/2', { token: boss, body: { disabled: true } });
    await until(() => expect(clients[2]?.closes[0]).toBe('4401 not-signed-in'));
  });

  it('[AC16] that are open lose what a role no longer may, without ending', async () => {
    const boss = await tokenOf('admin');
    await addUser('ana@example.org', 'operator');
    const { token } = await logIn('ana@example.org');
    const [ana, reader] = [connect({ token }), connect({ token: boss })];
    for (const { provider } of [ana, reader]) await until(() => expect(provider.synced).toBe(true));
    const settings = ({ provider }: typeof ana) => provider.doc.getMap<unknown>('settings');
    settings(ana).set('first', true);
    await until(() => expect(settings(reader).toJSON()).toEqual({ first: true }));
    await ask('PATCH', '/api/v1/users/2', { token: boss, body: { role: 'viewer' } });
    let tries = 0;
    await until(() => {
      settings(ana).set(`later ${String((tries += 1))}`, true);
      expect(ana.closes).toContain('4403 forbidden-root');
    });
  });

  it('[AC14] open only what a key is for', async () => {
    const scope = { documents: ['wall:*'], roots: undefined };
    const { key } = await keyOf({ role: 'operator', grants: [], label: '', scope });
    const [wall, catalogue] = [connect({ token: key }), connect({ token: key }, server, 'catalogue')];
    await until(() => expect(wall.provider.synced).toBe(true));
    await until(() => expect(catalogue.closes[0]).toBe('4403 may-not-read'));
  });
});

describe('where a request comes from', () => {
  it('is not what it says, unless proxies stand in front', async () => {
    await addUser('ana@example.org', 'operator');
    const addressAt = async (at: SyncServer) => {
      const headers = { 'x-forwarded-for': '198.51.100.9, 203.0.113.7' };
      const body = { email: 'ana@example.org', password: PASSWORD };
      const { json } = await ask('POST', '/api/v1/login', { body, headers, at });
      const listed = await ask('GET', '/api/v1/sessions', { token: String(json['token']), at });
      const all = listed.json['sessions'] as { current: boolean; address: string }[];
      return all.find(({ current }) => current)?.address;
    };
    expect(await addressAt(server)).toBe('127.0.0.1');
    expect(await addressAt(await start({ proxies: 1 }))).toBe('203.0.113.7');
  });
});

describe('every answer', () => {
  it('[AC17] leaves no secret in the log, whatever was asked', async () => {
    const token = await tokenOf('admin');
    const made = await ask('POST', '/api/v1/invites', { token, body: {} });
    const { token: invite } = made.json['invite'] as { token: string };
    const { key } = await keyOf({ role: 'admin', grants: [], label: '' });
    const { refresh } = await logIn('admin@example.org');
    const ticket = String((await ask('POST', '/api/v1/socket-tickets', { token })).json['ticket']);
    await ask('GET', `/invite/${invite}?token=${token}`);
    await ask('GET', `/api/v1/nothing/${key}?token=${refresh}`, { token: key });
    await ask('POST', '/api/v1/login', { body: `{"password":"${PASSWORD}"` });
    const client = connect({ ticket, token });
    await until(() => expect(client.provider.synced).toBe(true));
    await until(() => expect(logged.length).toBeGreaterThanOrEqual(7));
    const all = logged.join('\n');
    for (const secret of [PASSWORD, ...[token, invite, key, refresh, ticket].map((text) => text.slice(-30))])
      expect(all).not.toContain(secret);
  });

  it('carries an id, says nothing that a browser could misuse, and is cached nowhere', async () => {
    const { headers } = await ask('GET', '/api/v1/me', { headers: { 'x-request-id': 'from-the-proxy-1' } });
    expect(Object.fromEntries(headers)).toMatchObject({
      'x-request-id': 'from-the-proxy-1',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
      'www-authenticate': 'Bearer',
    });
    expect(headers.get('x-powered-by')).toBeNull();
    const odd = await ask('GET', '/healthz', { headers: { 'x-request-id': 'no"quotes' } });
    expect(odd.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('can be read by pages of listed sites and no others', async () => {
    const open = await start({ corsOrigins: ['https://tools.example'] });
    const from = async (origin: string, method = 'GET') =>
      ask(method, '/api/v1/me', { at: open, headers: { origin } });
    expect((await from('https://tools.example')).headers.get('access-control-allow-origin')).toBe(
      'https://tools.example',
    );
    const preflight = await from('https://tools.example', 'OPTIONS');
    expect([preflight.status, preflight.headers.get('access-control-allow-headers')]).toMatchObject([
      204,
      expect.stringContaining('Authorization'),
    ]);
    for (const origin of ['https://evil.example', 'https://tools.example.evil.example', 'null']) {
      expect((await from(origin)).headers.get('access-control-allow-origin')).toBeNull();
      expect((await from(origin, 'OPTIONS')).headers.get('access-control-allow-methods')).toBeNull();
    }
  });

  it('is of one shape for whatever cannot be read, and never a 500', async () => {
    const token = await tokenOf('admin');
    const bodies = [
      '{',
      'null',
      '[]',
      '"text"',
      '{"user":null}',
      '{"user":[]}',
      '{"email":{"$ne":1}}',
      '{"name":"\\u0000"}',
    ];
    const routes = [
      'login',
      'signup',
      'tokens/refresh',
      'users',
      'keys',
      'invites',
      'invites/look',
      'invites/accept',
    ];
    for (const route of routes) {
      for (const body of [...bodies, JSON.stringify({ email: 'x'.repeat(300_000) })]) {
        const { status, json } = await ask('POST', `/api/v1/${route}`, { token, body });
        expect([route, body.slice(0, 30), status < 500]).toEqual([route, body.slice(0, 30), true]);
        if (status >= 400)
          expect(json).toMatchObject({
            error: expect.any(String) as unknown,
            code: expect.any(String) as unknown,
          });
      }
    }
    for (const path of ['users/%00', 'users/99999999999999999999', 'keys/%F0%9F', '%', 'sessions/../../x'])
      expect((await ask('GET', `/api/v1/${path}`, { token })).status).toBeLessThan(500);
    expect(logged.join()).not.toContain('a request failed');
  });

  it('is of that shape for arbitrary requests too, and an admin stays', async () => {
    const tokens = [await tokenOf('admin'), (await keyOf({ role: 'admin', grants: [], label: '' })).key];
    const paths = ['login', 'logout', 'signup', 'me', 'me/second-factor', 'tokens/refresh', 'socket-tickets'];
    paths.push('users', 'users/1', 'users/2', 'users/x', 'keys', 'keys/abc', 'keys/abc/rotate', 'invites');
    paths.push('invites/look', 'invites/accept', 'users/1/sessions', 'users/1/second-factor', '');
    const field = fc.constantFrom(
      'user',
      'email',
      'password',
      'role',
      'name',
      'code',
      'token',
      'page',
      'documents',
    );
    const value = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.constantFrom('a@example.org', 'admin', PASSWORD, -1),
    );
    const body = fc.oneof(fc.dictionary(field, value, { maxKeys: 5 }), fc.jsonValue({ maxDepth: 3 }));
    const method = fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE');
    const sent = fc.record({
      token: fc.constantFrom(...tokens),
      method,
      path: fc.constantFrom(...paths),
      query: fc.webQueryParameters(),
      body,
    });
    const look = async ({
      token,
      method,
      path,
      query,
      body,
    }: {
      token: string;
      method: string;
      path: string;
      query: string;
      body: unknown;
    }) => {
      const withBody = method === 'GET' ? {} : { body: JSON.stringify(body) };
      const { status, json } = await ask(method, `/api/v1/${path}?${query}`, { token, ...withBody });
      expect(status).toBeLessThan(500);
      if (status >= 400) expect([typeof json['error'], typeof json['code']]).toEqual(['string', 'string']);
    };
    await fc.assert(fc.asyncProperty(sent, look), { numRuns: 300, seed: 7 });
    expect((await ask('GET', '/api/v1/users', { token: tokens[1] })).status).toBe(200);
    expect((await store.accounts.users.list()).some(({ role }) => role === 'admin')).toBe(true);
    expect(logged.join()).not.toContain('a request failed');
  });
});
