import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { systemClock } from '#shared/kernel/clock.ts';
import { addStream, must, titleStream } from '#shared/replica/test-replica.ts';
import type { SyncServer } from '../create-sync-server.ts';
import { createTestTeam, type TestTeam } from '../test-team.ts';
import { DocumentAudit } from './follow-documents.ts';

let team: TestTeam;
let server: SyncServer;
let admin: string;
beforeAll(async () => {
  team = createTestTeam();
  server = await team.start();
  admin = await team.key('admin');
});
afterAll(() => team.end());

const until = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 10_000, interval: 20 });

async function ask(method: string, path: string, token: string | undefined = admin, body: unknown = {}) {
  const response = await fetch(`${server.url}/api/v1${path}`, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
    },
    ...(method === 'GET' ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, text: await response.text() };
}
type Shown = Record<string, unknown> & { actor: string; action: string; target: string };
async function audit(query = ''): Promise<{ entries: Shown[]; going_on: Shown[]; next: number | null }> {
  const { text } = await ask('GET', `/admin/audit${query}`);
  return JSON.parse(text) as { entries: Shown[]; going_on: Shown[]; next: number | null };
}
const lines = (entries: readonly Shown[]) => entries.map(({ action, target }) => `${action} ${target}`);

describe('the audit of a server', () => {
  it('[AU5] holds what was done to accounts, keys, invitations and flags, from where, before and after, and no secret', async () => {
    const password = 'correct horse battery';
    const user = { email: 'ben@example.org', password, role: 'viewer', name: 'Ben' };
    expect((await ask('POST', '/users', admin, { user })).status).toBe(201);
    await ask('PATCH', '/users/1', admin, { role: 'operator', password: 'another good one' });
    await ask('POST', '/login', '', { user: { email: user.email, password: 'another good one' } });
    await ask('POST', '/login', '', { user: { email: user.email, password: 'not the one' } });
    const key = JSON.parse((await ask('POST', '/keys', admin, { label: 'sheet' })).text) as {
      key: { key: string; id: string };
    };
    const invite = JSON.parse((await ask('POST', '/invites')).text) as {
      invite: { token: string; id: string };
    };
    await ask('PUT', '/admin/flags/new-list', admin, { on: true });
    await ask('DELETE', `/keys/${key.key.id}`);
    await until(async () =>
      expect(lines((await audit('?via=account')).entries)).toEqual([
        `key.revoked key:${key.key.id}`,
        `invite.made invite:${invite.invite.id}`,
        `key.made key:${key.key.id}`,
        'login user:1',
        'user.changed user:1',
        'user.added user:1',
      ]),
    );
    const { entries, going_on } = await audit();
    expect(entries.find(({ action }) => action === 'user.changed')).toMatchObject({
      ...{ from: '127.0.0.1', before: { roleDetail: 'viewer' } },
      after: { roleDetail: 'operator', password: 'a new one' },
    });
    expect(lines((await audit('?via=flag')).entries)).toEqual(['flag.set feature:new-list']);
    expect(going_on).toContainEqual(
      expect.objectContaining({ action: 'login.refused', actor: 'unknown', from: '127.0.0.1', count: 1 }),
    );
    const all = JSON.stringify(await audit());
    for (const secret of [password, 'another good one', 'not the one', key.key.key, invite.invite.token])
      expect(all).not.toContain(secret);
  });

  it('[AU2] holds each edit of a document with author, address, before and after, some time later', async () => {
    const desk = await team.desk(server.url, await team.key('operator'));
    await until(() => expect(desk.sync.state().line.type).toBe('in-step'));
    must(await desk.replica.send(addStream('one')));
    must(await desk.replica.send(titleStream('one', 'First')));
    must(await desk.replica.send(titleStream('one', 'Second')));
    // A key is a program's: what it does is summed up.
    await until(async () =>
      expect((await audit()).going_on).toContainEqual(
        expect.objectContaining({ action: 'changed', target: 'catalogue/streams', count: 2 }),
      ),
    );
    await ask('POST', '/users', admin, {
      user: { email: 'ana@example.org', password: 'correct horse battery', role: 'operator' },
    });
    const credentials = { email: 'ana@example.org', password: 'correct horse battery' };
    const { token } = JSON.parse((await ask('POST', '/login', '', { user: credentials })).text) as {
      token: string;
    };
    const ana = await team.desk(server.url, token);
    await until(() => expect(ana.sync.state().line.type).toBe('in-step'));
    must(await ana.replica.send(titleStream('one', 'Third')));
    await until(async () =>
      expect((await audit('?via=document')).entries).toMatchObject([
        {
          action: 'changed',
          name: 'ana',
          from: '127.0.0.1',
          before: { title: 'Second' },
          after: { title: 'Third' },
        },
      ]),
    );
  });

  it('[AU3] reads each edit once, whoever reads it', async () => {
    const { log, audit: store, leases } = team.store;
    const parts = { log, audit: store, clock: systemClock, pause: async () => setImmediate(undefined) };
    const logger = { info: () => undefined, warn: () => undefined, error: () => undefined };
    const everybody = { ...leases, take: async () => Promise.resolve(true) };
    const readers = [1, 2, 3].map(
      () => new DocumentAudit({ ...parts, logger, leases: everybody, holder: randomUUID() }),
    );
    const before = await audit('?via=document');
    const desk = await team.desk(server.url, await team.key('operator'));
    await until(() => expect(desk.sync.state().line.type).toBe('in-step'));
    must(await desk.replica.send(addStream('thrice')));
    await until(async () => {
      await Promise.all(readers.map(async (reader) => reader.perform()));
      const own = (await store.tallies(99)).filter(({ actor }) => actor === desk.sync.state().account?.actor);
      expect(own.map(({ action, count }) => `${action} ${String(count)}`)).toEqual(['added 1']);
    });
    expect((await store.progress()).get('catalogue')).toBe(await log.last('catalogue'));
    expect((await audit('?via=document')).entries).toEqual(before.entries);
  });

  it('[AU6] is shown page by page and taken away as CSV or JSON, to admins only', async () => {
    const first = await audit('?limit=2');
    const second = await audit(`?limit=2&before=${String(first.next)}`);
    expect(first.entries.length + second.entries.length).toBe(4);
    expect(Number(second.entries[0]?.['number'])).toBeLessThan(Number(first.next));
    expect(lines((await audit('?search=NEW-LIST')).entries)).toEqual(['flag.set feature:new-list']);
    const csv = await ask('GET', '/admin/audit/export?form=csv&via=flag');
    expect(csv.text.split('\r\n')).toMatchObject([
      'number,at,since,count,actor,via,action,target,from,before,after',
      expect.stringContaining('flag.set,feature:new-list,127.0.0.1'),
      '',
    ]);
    const json = JSON.parse((await ask('GET', '/admin/audit/export')).text) as unknown[];
    expect(json.length).toBeGreaterThan(5);
    expect(JSON.parse((await ask('GET', '/admin/audit/export?search=no-such-thing')).text)).toEqual([]);
    const operator = await team.key('operator');
    for (const path of ['/admin/audit', '/admin/audit/export'])
      expect((await ask('GET', path, operator)).status).toBe(403);
    expect((await ask('GET', '/admin/audit?limit=9999')).status).toBe(422);
    expect((await ask('GET', '/admin/audit?since=yesterday')).status).toBe(422);
  });
});
