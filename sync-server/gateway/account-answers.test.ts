import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createAccountsServer, PASSWORD } from './test-accounts-server.ts';

const { begin, end, ask, logIn, tokenOf, keyOf, connect, start, logged, users } = createAccountsServer();
beforeEach(begin);
afterEach(end);

const until = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 10_000 });

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
    expect((await users()).some(({ role }) => role === 'admin')).toBe(true);
    expect(logged.join()).not.toContain('a request failed');
  });
});
