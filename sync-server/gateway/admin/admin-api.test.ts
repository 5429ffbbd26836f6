import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Role } from '#shared/model/role.ts';
import { addStream, must } from '#shared/replica/test-replica.ts';
import type { SyncServer } from '../../create-sync-server.ts';
import { createTestTeam, type TestTeam } from '../../test-team.ts';

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

async function ask(method: string, path: string, token = admin) {
  const response = await fetch(`${server.url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(method === 'GET' ? {} : { body: '{}' }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  return {
    status: response.status,
    text,
    json: (isJson ? JSON.parse(text) : {}) as Record<string, unknown>,
  };
}

describe('what admins see of a server', () => {
  it('how it is doing, and how many streams were found in each hour', async () => {
    const desk = await team.desk(server.url, await team.key('operator'));
    await until(() => expect(desk.sync.state().line.type).toBe('in-step'));
    must(await desk.replica.send(addStream('one')));
    await until(async () => {
      const { json } = await ask('GET', '/admin/overview?hours=3');
      expect(json).toMatchObject({
        health: { embedded: { state: 'ok' }, redis: { state: 'ok' } },
        connected: { bots: 1, people: 0, walls: 0, connections: 2 },
        maintenance: null,
      });
      const discovery = json['discovery'] as { added: number }[];
      expect(discovery.length).toBe(3);
      expect(discovery.reduce((sum, { added }) => sum + added, 0)).toBe(1);
    });
    expect((await ask('GET', '/admin/overview?hours=0')).status).toBe(422);
  });

  it('who is connected, and one of them is let go and does not come back by itself', async () => {
    const desk = await team.desk(server.url, await team.key('viewer'), { role: 'viewer' });
    const own = async () => {
      const { json } = await ask('GET', '/admin/connections');
      const all = json['connections'] as {
        id: string;
        actor: string;
        role: string;
        document: string;
        address: string;
      }[];
      return all.filter(({ role }) => role === 'viewer');
    };
    await until(async () => expect((await own()).length).toBe(2));
    const [first] = await own();
    expect(first).toMatchObject({
      address: '127.0.0.1',
      role: 'viewer',
      document: expect.any(String) as unknown,
    });
    for (const { id } of await own())
      expect((await ask('DELETE', `/admin/connections/${id}`)).status).toBe(204);
    await until(() => expect(desk.sync.state().line).toMatchObject({ type: 'turned-away' }));
    await until(async () => expect(await own()).toEqual([]));
    expect((await ask('DELETE', `/admin/connections/${String(first?.id)}`)).status).toBe(404);
  });

  it('which documents there are, what happened to one, and how it was', async () => {
    const { json } = await ask('GET', '/admin/documents');
    expect(json['documents']).toContainEqual(expect.objectContaining({ name: 'catalogue', last: 1 }));
    expect((await ask('GET', '/admin/documents/catalogue/history')).json).toMatchObject({
      entries: [{ number: 1, carried: false }],
      next: null,
    });
    expect((await ask('GET', '/admin/documents/catalogue/past?number=1')).json).toMatchObject({ streams: 1 });
    expect((await ask('GET', '/admin/documents/catalogue/past?number=0')).json).toMatchObject({ streams: 0 });
    expect((await ask('GET', '/admin/documents/catalogue/export')).text).toContain('"streamwall-document"');
    expect((await ask('GET', '/admin/documents/elsewhere/history')).status).toBe(404);
    expect((await ask('GET', '/admin/documents/wall%3Anew/export')).status).toBe(404);
    expect((await ask('POST', '/admin/documents/catalogue/restore')).status).toBe(422);
  });

  it('and nobody else does, whatever their role', async () => {
    const routes = [
      ...[
        'GET /admin/overview',
        'GET /admin/connections',
        'DELETE /admin/connections/x',
        'GET /admin/documents',
      ],
      ...['GET /admin/documents/catalogue/history', 'GET /admin/documents/catalogue/past?number=1'],
      ...[
        'GET /admin/documents/catalogue/export',
        'POST /admin/documents/wall:main/restore',
        'GET /admin/flags',
      ],
      ...[
        'GET /admin/audit',
        'GET /users',
        'POST /users',
        'GET /invites',
        'POST /invites',
        'GET /keys',
        'POST /keys',
      ],
    ];
    for (const role of Role.options.filter((one) => one !== 'admin')) {
      const token = await team.key(role);
      for (const route of routes) {
        const [method = '', path = ''] = route.split(' ');
        expect([role, route, (await ask(method, path, token)).status]).toEqual([role, route, 403]);
      }
      expect((await ask('GET', '/roles', token)).status).toBe(200);
    }
    expect((await ask('GET', '/admin/overview', 'nobody')).status).toBe(401);
  });
});
