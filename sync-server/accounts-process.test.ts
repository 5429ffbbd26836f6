import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { z } from 'zod';
import { startServerProcess, type ServerProcess } from './test-process.ts';

const LoggedIn = z.object({ token: z.string(), refresh_token: z.string() });
const PASSWORD = 'correct horse battery';

let folder: string;
let server: ServerProcess;
let logged = '';
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'streamwall-accounts-'));
  server = await startServerProcess({ DATA_DIR: join(folder, 'data'), LOG_LEVEL: 'debug' });
  server.child.stderr?.on('data', (chunk: Buffer) => (logged += chunk.toString()));
});
afterAll(async () => {
  await server.end('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

function streamwall(...args: string[]): { code: number | null; out: string; error: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(import.meta.dirname, 'streamwall.ts'), ...args],
    {
      env: { PATH: process.env['PATH'], DATA_DIR: join(folder, 'data') },
      encoding: 'utf8',
      input: `${PASSWORD}\n`,
    },
  );
  return { code: status, out: stdout, error: stderr };
}

describe('the command line beside a server that runs on an embedded database', () => {
  it('adds people who can sign in at once, and tells what it did by words and exit codes', async () => {
    const add = (email: string) =>
      streamwall('user', 'add', '--email', email, '--password', '-', '--role', 'admin');
    expect(add('ana@example.org')).toMatchObject({
      code: 0,
      out: 'ana@example.org can sign in now, as admin.\n',
    });
    expect(add('ana@example.org')).toMatchObject({
      code: 1,
      out: '',
      error: expect.stringContaining('somebody') as unknown,
    });
    expect(add('nonsense').code).toBe(2);
    expect(streamwall('user', 'list', '--json').out).toContain('"role":"admin"');
  });

  it('[AC17] and nothing that was ever secret stands in what the server logged', async () => {
    const login = await fetch(`${server.url}/api/v1/login?password=${encodeURIComponent(PASSWORD)}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ user: { email: 'ana@example.org', password: PASSWORD } }),
    });
    const { token, refresh_token } = LoggedIn.parse(await login.json());
    const doc = new Y.Doc();
    const params = { token };
    const url = `${server.url.replace('http', 'ws')}/sync`;
    const provider = new WebsocketProvider(url, 'wall:main', doc, { params, disableBc: true });
    await vi.waitFor(() => expect(provider.synced).toBe(true), { timeout: 20_000 });
    doc.getMap('settings').set('name', 'Night');
    // A frame that cannot be read, so that the connection's end is told too.
    provider.ws?.send(new Uint8Array([0, 2, 255]));
    await vi.waitFor(() => expect(provider.wsconnected).toBe(false), { timeout: 20_000 });
    provider.destroy();
    await vi.waitFor(() => expect(logged).toContain('"route":"/api/v1/login","status":200'));
    for (const secret of [PASSWORD, encodeURIComponent(PASSWORD), token.slice(-30), refresh_token.slice(-30)])
      expect(logged).not.toContain(secret);
  });

  it('takes a document out whole while it is open, and SIGHUP does no harm', async () => {
    server.child.kill('SIGHUP');
    const file = join(folder, 'wall.json');
    expect(streamwall('export', 'wall:main', '--out', file)).toMatchObject({ code: 0 });
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
      document: 'wall:main',
      roots: { settings: { name: 'Night' } },
      history: [{ number: 1, actor: expect.stringMatching(/^user:/) as unknown }],
    });
    expect(streamwall('import', 'wall:main', file)).toMatchObject({
      code: 0,
      out: 'wall:main holds all of that already.\n',
    });
    expect(streamwall('export', 'wall:none').code).toBe(1);
    expect(await server.end('SIGTERM')).toBe(0);
  });
});
