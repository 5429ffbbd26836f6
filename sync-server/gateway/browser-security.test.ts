import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createPasswords } from '../accounts/argon2-passwords.ts';
import { createMembers } from '../accounts/members.ts';
import { systemClock } from '#shared/kernel/clock.ts';
import type { SyncServer } from '../create-sync-server.ts';
import { createTestTeam, type TestTeam } from '../test-team.ts';
import { controlPages } from './control-pages.ts';

const who = { email: 'ana@example.org', password: 'correct horse battery' };
const EVIL = 'https://evil.example.org';

let team: TestTeam;
let server: SyncServer;
beforeAll(async () => {
  team = createTestTeam();
  server = await team.start();
  const members = createMembers({
    stores: team.store.accounts,
    passwords: createPasswords(),
    clock: systemClock,
  });
  const added = await members.add({ ...who, name: 'Ana', role: 'admin' });
  if (!added.ok) throw new Error(added.error.reason);
});
afterAll(() => team.end());

const ask = async (method: string, path: string, headers: Record<string, string> = {}, body?: string) =>
  fetch(`${server.url}${path}`, { method, headers, ...(body === undefined ? {} : { body }) });
const json = { 'content-type': 'application/json' };
const logIn = async (): Promise<Response> =>
  ask('POST', '/api/v1/login', json, JSON.stringify({ user: { ...who, cookie: true } }));
const cookieOf = (response: Response): string => response.headers.get('set-cookie') ?? '';

describe('what browsers are told', () => {
  it('every answer forbids guessing its type, framing it and telling where it was linked from, and runs no script', async () => {
    for (const path of ['/healthz', '/api/v1/me', '/api/v1/nowhere', '/invite/nothing', '/nowhere']) {
      const { headers } = await ask('GET', path);
      expect([path, headers.get('x-content-type-options')]).toEqual([path, 'nosniff']);
      expect([path, headers.get('x-frame-options')]).toEqual([path, 'DENY']);
      expect([path, headers.get('referrer-policy')]).toEqual([path, 'no-referrer']);
      expect([path, headers.get('x-powered-by')]).toEqual([path, null]);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain('script-src');
    }
  });

  it('pages run their own scripts and no others, talk to their own server, and send forms nowhere else', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'streamwall-pages-'));
    for (const page of ['index.html', 'admin.html']) await writeFile(join(folder, page), page);
    const pages = createServer(express().use(controlPages(folder)));
    await new Promise<void>((resolve) => pages.listen(0, '127.0.0.1', resolve));
    const { port } = pages.address() as AddressInfo;
    for (const [path, file] of [
      ['/', 'index.html'],
      ['/admin', 'admin.html'],
      ['/admin/', 'admin.html'],
    ]) {
      const response = await fetch(`http://127.0.0.1:${String(port)}${String(path)}`);
      expect(await response.text()).toBe(file);
      const policy = response.headers.get('content-security-policy') ?? '';
      for (const part of [
        "script-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "object-src 'none'",
      ])
        expect(policy.split('; ')).toContain(part);
    }
    pages.closeAllConnections();
    pages.close();
    await rm(folder, { recursive: true });
  });

  it('the cookie is for no script, no other site and one path', async () => {
    const cookie = cookieOf(await logIn());
    for (const part of ['HttpOnly', 'SameSite=Strict', 'Path=/api/v1/tokens']) expect(cookie).toContain(part);
  });
});

describe('what pages of other sites can do', () => {
  it('not use the cookie, though a browser sent it', async () => {
    const cookie = cookieOf(await logIn()).split(';')[0] ?? '';
    const refused = await ask('POST', '/api/v1/tokens/refresh', { cookie, origin: EVIL });
    expect(refused.status).toBe(403);
    expect((await ask('POST', '/api/v1/tokens/refresh', { cookie, origin: server.url })).status).toBe(200);
  });

  it('not sign anybody in by a form, nor take an invitation for them', async () => {
    const plain = { 'content-type': 'text/plain', origin: EVIL };
    const forged = await ask(
      'POST',
      '/api/v1/login',
      plain,
      JSON.stringify({ user: { ...who, cookie: true } }),
    );
    expect([forged.status, cookieOf(forged)]).toEqual([422, '']);
    const form = { 'content-type': 'application/x-www-form-urlencoded', origin: EVIL };
    const taken = await ask('POST', '/invite/nothing', form, 'name=Eve');
    expect([taken.status, cookieOf(taken)]).toEqual([403, '']);
  });

  it('not sign anybody out by a form', async () => {
    for (const type of ['application/x-www-form-urlencoded', 'text/plain']) {
      const forged = await ask('POST', '/api/v1/logout', { 'content-type': type, origin: EVIL }, 'a=b');
      expect([forged.status, cookieOf(forged)]).toEqual([200, '']);
    }
    const own = await ask('POST', '/api/v1/logout', { origin: server.url });
    expect(cookieOf(own)).toContain('streamwall_refresh=;');
  });

  it('not read an answer, whatever they ask', async () => {
    for (const method of ['GET', 'OPTIONS', 'PUT'] as const) {
      const { headers } = await ask(method, '/api/v1/me', { origin: EVIL });
      expect([method, headers.get('access-control-allow-origin')]).toEqual([method, null]);
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
    }
  });
});

describe('what is sent', () => {
  it('is read as far as it can be meant, and no further', async () => {
    const large = JSON.stringify({ user: { email: 'x'.repeat(400_000) } });
    expect((await ask('POST', '/api/v1/login', json, large)).status).toBe(413);
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await ask('POST', '/invite/nothing', form, `name=${'x'.repeat(20_000)}`)).status).toBe(413);
  });
});

it('[AC20] when the signing key is rotated, tokens of the old one end, and sessions go on with a new one', async () => {
  const response = await logIn();
  const cookie = cookieOf(response).split(';')[0] ?? '';
  const { token } = (await response.json()) as { token: string };
  const me = async (with_: string) =>
    (await ask('GET', '/api/v1/me', { authorization: `Bearer ${with_}` })).status;
  expect(await me(token)).toBe(200);
  await team.store.accounts.rotateSigningKey();
  await vi.waitFor(async () => expect(await me(token)).toBe(401), { timeout: 10_000, interval: 50 });
  const renewed = await ask('POST', '/api/v1/tokens/refresh', { cookie });
  expect(await me(((await renewed.json()) as { token: string }).token)).toBe(200);
});
