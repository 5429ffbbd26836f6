import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { systemClock } from '#shared/kernel/clock.ts';
import { createPasswords } from './accounts/argon2-passwords.ts';
import { createMembers } from './accounts/members.ts';
import type { SyncServer } from './create-sync-server.ts';
import { startTestInstances, type TestInstances } from './test-instances.ts';
import { startTestRelay } from './test-relay.ts';

const PASSWORD = 'Correct horse battery 7';

let instances: TestInstances;
beforeAll(async () => {
  instances = await startTestInstances();
}, 60_000);
afterAll(() => instances.end());

const until = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 20_000, interval: 50 });

async function ask(at: SyncServer, method: string, path: string, token: string, body?: object) {
  const response = await fetch(`${at.url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, json: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown> };
}

/** A client that has everything, and how it was let go. */
async function connect(at: SyncServer, token: string) {
  const url = `${at.url.replace('http', 'ws')}/sync`;
  const provider = new WebsocketProvider(url, 'wall:main', new Y.Doc(), {
    params: { token },
    disableBc: true,
  });
  instances.onEnd(() => provider.destroy());
  const closes: string[] = [];
  provider.on('connection-close', (event) => closes.push(`${String(event?.code)} ${event?.reason ?? ''}`));
  await until(() => expect(provider.synced).toBe(true));
  return { closes, isIn: () => provider.synced };
}

async function addOperator(): Promise<number> {
  const stores = instances.store.accounts;
  const members = createMembers({ stores, passwords: createPasswords(), clock: systemClock });
  const who = { email: 'olga@example.org', name: 'Olga', role: 'operator', password: PASSWORD } as const;
  const added = await members.add(who);
  if (!added.ok) throw new Error(added.error.reason);
  return added.value.number;
}

it('[IN5] [AC16] whoever is revoked or demoted is let go at an instance that lost the database, and stays out there', async () => {
  const relay = await startTestRelay(instances.postgres.url);
  instances.onEnd(relay.end);
  const cutOff = await instances.start({ databaseUrl: relay.url, databaseTimeoutMs: 2_000 });
  const well = await instances.start();
  const [admin, operator, viewer] = await Promise.all([
    instances.key('admin'),
    instances.key('operator'),
    instances.key('viewer'),
  ]);
  const olga = await addOperator();
  const body = { user: { email: 'olga@example.org', password: PASSWORD } };
  const token = String((await ask(well, 'POST', '/login', '', body)).json['token']);
  const [revoked, demoted, stays] = [
    await connect(cutOff, operator),
    await connect(cutOff, token),
    await connect(cutOff, viewer),
  ];

  relay.cut();
  await until(async () => {
    const { json } = await ask(well, 'GET', '/admin/overview', admin);
    expect(json['instances']).toContainEqual(
      expect.objectContaining({
        health: expect.objectContaining({ postgres: { state: 'down', note: 'does not answer' } }) as unknown,
      }),
    );
  });
  // What was known before the database went away holds.
  expect((await ask(cutOff, 'GET', '/me', operator)).status).toBe(200);
  const { keys } = (await ask(well, 'GET', '/keys', admin)).json as { keys: { id: string; role: string }[] };
  const id = keys.find(({ role }) => role === 'editor' || role === 'operator')?.id;
  expect((await ask(well, 'DELETE', `/keys/${String(id)}`, admin)).status).toBe(204);
  expect((await ask(well, 'PATCH', `/users/${String(olga)}`, admin, { role: 'viewer' })).status).toBe(200);

  await until(() => {
    for (const { closes } of [revoked, demoted]) expect(closes[0]).toBe('1013 try-again-later');
  });
  for (const gone of [operator, token]) expect((await ask(cutOff, 'GET', '/me', gone)).status).toBe(503);
  expect((await ask(cutOff, 'GET', '/me', viewer)).status).toBe(200);

  relay.mend();
  await until(async () => expect((await ask(cutOff, 'GET', '/me', operator)).status).toBe(401));
  await until(() => expect(revoked.closes.at(-1)).toBe('4401 not-signed-in'));
  await until(() => expect(demoted.isIn()).toBe(true));
  expect(stays.closes).toEqual([]);
});
