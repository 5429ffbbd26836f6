import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { totpCode } from '../accounts/totp.ts';
import { createAccountsServer, PASSWORD } from './test-accounts-server.ts';

const { begin, end, ask, addUser, logIn, tokenOf, keyOf, url } = createAccountsServer();
beforeEach(begin);
afterEach(end);

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
    const beside = await ask('POST', '/api/v1/login', {
      body: { user: { email: 'ana@example.org', password: PASSWORD }, cookie: true },
    });
    expect(beside.headers.get('set-cookie')).toContain('streamwall_refresh=swr_');
    const set = opened.headers.get('set-cookie') ?? '';
    expect(set).toMatch(
      /^streamwall_refresh=swr_[^;]+; Path=\/api\/v1\/tokens; .*HttpOnly; SameSite=Strict$/,
    );
    const cookie = set.split(';')[0] ?? '';
    const refresh = async (headers: Record<string, string>) =>
      ask('POST', '/api/v1/tokens/refresh', { headers });
    expect((await refresh({ cookie, origin: 'https://evil.example' })).status).toBe(403);
    const refreshed = await refresh({ cookie, origin: url() });
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
