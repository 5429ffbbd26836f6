import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Role } from '#shared/model/role.ts';
import { createAccountsServer, PASSWORD } from './test-accounts-server.ts';

const { begin, end, ask, logIn, tokenOf, keyOf, connect, start, url } = createAccountsServer();
beforeEach(begin);
afterEach(end);

const until = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 10_000 });

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
    const over = await ask('POST', `/api/v1/keys/${second.id}/rotate`, { token, body: { overlap_hours: 1 } });
    expect([over.status, over.json['code']]).toEqual([409, 'key-over']);
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
    expect(link).toBe(`${url()}/invite/${invite}`);
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
