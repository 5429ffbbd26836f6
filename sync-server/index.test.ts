import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { freePort } from '#shared/replica/test-free-port.ts';
import { startTestPostgres, type TestPostgres } from './postgres/start-test-postgres.ts';

const file = (name: string): string => join(import.meta.dirname, name);
const Key = z.object({ id: z.string(), key: z.string() });

let postgres: TestPostgres;
let folder: string;
beforeAll(async () => {
  postgres = await startTestPostgres();
  folder = mkdtempSync(join(tmpdir(), 'streamwall-process-'));
});
afterAll(async () => {
  await postgres.remove();
  rmSync(folder, { recursive: true, force: true });
});

const started: ChildProcess[] = [];
const providers: WebsocketProvider[] = [];
afterEach(async () => {
  for (const provider of providers.splice(0)) provider.destroy();
  for (const child of started.splice(0)) await end(child, 'SIGKILL');
});

const environment = (settings: Record<string, string>): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  PORT: '0',
  LOG_LEVEL: 'warn',
  ...settings,
});

/** The server as an operator starts it. */
async function startProcess(settings: Record<string, string>): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [file('index.ts')], { env: environment(settings) });
  started.push(child);
  return new Promise((resolve, reject) => {
    let said = '';
    const hear = (chunk: Buffer): void => {
      said += chunk.toString();
      const [, url] = /listening on (\S+)/.exec(said) ?? [];
      if (url !== undefined) resolve({ child, url });
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('exit', () => reject(new Error(said)));
  });
}

async function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const gone = new Promise<number | null>((resolve) => child.once('exit', resolve));
  child.kill(signal);
  return gone;
}

function createKey(settings: Record<string, string>, role = 'operator'): string {
  const args = [file('streamwall.ts'), 'key', 'create', '--role', role, '--json'];
  const { stdout, stderr } = spawnSync(process.execPath, args, {
    env: environment(settings),
    encoding: 'utf8',
  });
  if (stdout === '') throw new Error(stderr);
  return Key.parse(JSON.parse(stdout)).key;
}

function connect(url: string, token: string, doc: Y.Doc): WebsocketProvider {
  const provider = new WebsocketProvider(`${url.replace('http', 'ws')}/sync`, 'wall:main', doc, {
    params: { token },
    disableBc: true,
  });
  providers.push(provider);
  return provider;
}

const until = (check: () => void) => vi.waitFor(check, { timeout: 20_000 });
const synced = (...all: WebsocketProvider[]) =>
  until(() => expect(all.every((provider) => provider.synced)).toBe(true));

describe('the server as a process', () => {
  it('[S19] loses nothing that anybody else has seen when it is killed, ten edits deep in traffic', async () => {
    const settings = { DATABASE_URL: postgres.url };
    const token = createKey(settings);
    let last = 0;
    for (let round = 0; round < 3; round++) {
      const { child, url } = await startProcess(settings);
      const [writer, reader] = [new Y.Doc(), new Y.Doc()];
      await synced(connect(url, token, writer), connect(url, token, reader));
      const seen = (): number => Number(reader.getMap('settings').get('count') ?? 0);
      await until(() => expect(seen()).toBe(last));
      const timer = setInterval(() => {
        for (let i = 0; i < 5; i++) writer.getMap('settings').set('count', ++last);
      }, 2);
      const goal = last + 200;
      await until(() => expect(seen()).toBeGreaterThan(goal));
      await end(child, 'SIGKILL');
      clearInterval(timer);
      for (const provider of providers.splice(0)) provider.destroy();
      const sawBefore = seen();
      const again = await startProcess(settings);
      const after = new Y.Doc();
      await synced(connect(again.url, token, after));
      expect(after.getMap('settings').get('count')).toBeGreaterThanOrEqual(sawBefore);
      last = Number(after.getMap('settings').get('count'));
      expect(await end(again.child, 'SIGTERM')).toBe(0);
    }
  });

  it('[S10] goes on without Postgres and stores what was written meanwhile when it is back', async () => {
    const settings = { DATABASE_URL: postgres.url, DATABASE_TIMEOUT_MS: '500' };
    const token = createKey(settings);
    const { url, child } = await startProcess(settings);
    const [writer, reader] = [new Y.Doc(), new Y.Doc()];
    await synced(connect(url, token, writer), connect(url, token, reader));
    await postgres.stop();
    writer.getMap('settings').set('meanwhile', 1);
    await until(() => expect(reader.getMap('settings').get('meanwhile')).toBe(1));
    const late = new Y.Doc();
    await synced(connect(url, token, late));
    expect(late.getMap('settings').get('meanwhile')).toBe(1);
    const ready = await fetch(`${url}/readyz`);
    expect([ready.status, (await fetch(`${url}/healthz`)).status]).toEqual([503, 200]);
    expect(await ready.text()).toMatch(/does not answer; [1-9]\d* bytes of edits wait to be stored/);
    expect(await (await fetch(`${url}/metrics`)).text()).toMatch(/^streamwall_unsaved_bytes [1-9]/m);
    await postgres.start();
    await vi.waitFor(async () => expect((await fetch(`${url}/readyz`)).status).toBe(200), {
      timeout: 20_000,
    });
    expect(await end(child, 'SIGTERM')).toBe(0);
    const again = await startProcess(settings);
    const after = new Y.Doc();
    await synced(connect(again.url, token, after));
    expect(after.getMap('settings').get('meanwhile')).toBe(1);
  });

  it('[S36] waits for a Postgres that is not there yet, says so, and does not wait for one that refuses', async () => {
    await postgres.stop();
    const port = String(await freePort());
    const settings = { DATABASE_URL: postgres.url, PORT: port };
    const child = spawn(process.execPath, [file('index.ts')], { env: environment(settings) });
    started.push(child);
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
    await until(() => expect(said).toMatch(/Waiting for the database: .*ECONNREFUSED/));
    const ask = async (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
    const statuses = async () =>
      Promise.all(['/healthz', '/readyz', '/anything'].map(async (path) => (await ask(path)).status));
    await vi.waitFor(async () => expect(await statuses()).toEqual([200, 503, 503]), { timeout: 20_000 });
    expect(await (await ask('/readyz')).json()).toMatchObject({
      state: 'down',
      parts: { postgres: { state: 'down', note: expect.stringContaining('ECONNREFUSED') as string } },
    });
    const other = spawn(process.execPath, [file('index.ts')], {
      env: environment({ DATABASE_URL: postgres.url }),
    });
    started.push(other);
    await new Promise((resolve) => other.stderr.once('data', resolve));
    expect(await end(other, 'SIGTERM')).toBe(0);
    await postgres.start();
    await until(() => expect(said).toContain(`listening on http://127.0.0.1:${port}`));
    expect(await statuses()).toEqual([200, 200, 404]);
    const url = postgres.url.replace(/postgres$/, 'nobody_made_this');
    await expect(startProcess({ DATABASE_URL: url })).rejects.toThrow(/cannot be opened: .*nobody_made_this/);
  });

  it('[S19] [S21] keeps everything without Postgres too, and its folder to itself, killed or stopped', async () => {
    const settings = { DATA_DIR: join(folder, 'data') };
    const before = createKey(settings);
    const first = await startProcess(settings);
    const during = createKey(settings);
    await expect(startProcess(settings)).rejects.toThrow(`is in use by process ${String(first.child.pid)}`);
    const [writer, reader] = [new Y.Doc(), new Y.Doc()];
    await synced(connect(first.url, before, writer), connect(first.url, during, reader));
    for (let i = 0; i < 50; i++) writer.getMap('settings').set('count', i);
    await until(() => expect(reader.getMap('settings').get('count')).toBe(49));
    await end(first.child, 'SIGKILL');
    for (const provider of providers.splice(0)) provider.destroy();
    const second = await startProcess(settings);
    const after = new Y.Doc();
    await synced(connect(second.url, during, after));
    expect(after.getMap('settings').get('count')).toBe(49);
    expect(await end(second.child, 'SIGTERM')).toBe(0);
  });
});
