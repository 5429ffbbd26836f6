import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SyncServer } from '../create-sync-server.ts';
import { createAccountsServer, PASSWORD } from './test-accounts-server.ts';

const { begin, end, ask, addUser, logIn, tokenOf, keyOf, connect, start, url, logged } =
  createAccountsServer();
beforeEach(begin);
afterEach(end);

const until = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 10_000 });

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

  it('are answered that there is nothing, whatever stands in the place of a path', async () => {
    for (const path of ['//', '/sync', '/nothing/wall:main']) {
      const headers = { connection: 'upgrade', upgrade: 'websocket' };
      const status = await new Promise((resolve) => {
        const asked = request(url(), { path, headers }, ({ statusCode }) => resolve(statusCode));
        asked.on('error', resolve).end();
      });
      expect(status).toBe(404);
    }
  });

  it('leave word in the log of who came, and why who was closed was', async () => {
    const { key } = await keyOf({ role: 'viewer', grants: [], label: '' });
    const { provider } = connect({ token: key });
    await until(() => expect(provider.synced).toBe(true));
    provider.doc.getMap('settings').set('name', 'mine');
    const lines = () => logged.filter((line) => line.includes('requestId') && line.includes('wall:main'));
    await until(() => expect(lines().join()).toContain('forbidden-root'));
    const [came, closed] = lines();
    expect(came).toContain('connected');
    const id = /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(String(came))?.[0] ?? 'none';
    expect(closed).toContain(id);
    connect({ token: 'wrong' });
    await until(() => expect(logged.join()).toMatch(/not-signed-in.*127\.0\.0\.1/));
  });

  it('[AC14] open only what a key is for', async () => {
    const scope = { documents: ['wall:*'], roots: undefined };
    const { key } = await keyOf({ role: 'operator', grants: [], label: '', scope });
    const [wall, catalogue] = [connect({ token: key }), connect({ token: key }, undefined, 'catalogue')];
    await until(() => expect(wall.provider.synced).toBe(true));
    await until(() => expect(catalogue.closes[0]).toBe('4403 may-not-read'));
  });
});

describe('where a request comes from', () => {
  it('is not what it says, unless proxies stand in front', async () => {
    await addUser('ana@example.org', 'operator');
    const addressAt = async (at: Pick<SyncServer, 'url'>) => {
      const headers = { 'x-forwarded-for': '198.51.100.9, 203.0.113.7' };
      const body = { email: 'ana@example.org', password: PASSWORD };
      const { json } = await ask('POST', '/api/v1/login', { body, headers, at });
      const listed = await ask('GET', '/api/v1/sessions', { token: String(json['token']), at });
      const all = listed.json['sessions'] as { current: boolean; address: string }[];
      return all.find(({ current }) => current)?.address;
    };
    expect(await addressAt({ url: url() })).toBe('127.0.0.1');
    expect(await addressAt(await start({ proxies: 1 }))).toBe('203.0.113.7');
  });
});
