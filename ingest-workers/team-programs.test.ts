import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { CatalogueCommand } from '#shared/document/command.ts';
import type { StreamId } from '#shared/model/ids.ts';
import { Link } from '#shared/model/stream.ts';
import { fakeKey, SPREADSHEET, startFakeSheet } from './google-sheets/test-fake-sheet.ts';
import { createFakeWeb, platformHosts, sendJson, subjectOf } from './stream-status/test-fake-web.ts';
import { openTestDesk } from './test-desk.ts';
import { startTestSyncServer, type TestSyncServer } from './test-sync-server.ts';

let stops: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const stop of stops.reverse()) await stop();
  stops = [];
});

let server: TestSyncServer;
let serverFolder: string;
beforeAll(async () => {
  serverFolder = mkdtempSync(join(tmpdir(), 'team-programs-'));
  server = await startTestSyncServer(serverFolder);
});
afterAll(async () => {
  await server.stop();
  rmSync(serverFolder, { recursive: true, force: true });
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'team-programs-'));
  stops.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Runs a program until it says that it is at work; it is ended with the test. */
async function start(
  program: string,
  env: Readonly<Record<string, string>>,
): Promise<{ end: () => Promise<number | null>; metrics: URL }> {
  const child = spawn(process.execPath, [fileURLToPath(new URL(program, import.meta.url))], {
    env: { ...process.env, STATUS_METRICS_PORT: '0', SHEET_METRICS_PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const end = () => {
    child.kill('SIGTERM');
    return ended;
  };
  stops.push(end);
  let metrics = new URL('http://127.0.0.1');
  await new Promise<void>((resolve, reject) => {
    void ended.then((code) => reject(new Error(`${program} ended with ${code}`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const [, address] = /^metrics on (.+)$/.exec(line) ?? [];
      if (address !== undefined) metrics = new URL(address);
      if (/^(?:checking as|keeping) /.test(line)) resolve();
    });
  });
  return { end, metrics };
}

async function openDesk() {
  const desk = await openTestDesk(server.url, await server.key('operator'));
  stops.push(desk.quit);
  const send = async (command: CatalogueCommand) => {
    const done = await desk.replica.send({ document: 'catalogue', command });
    if (!done.ok) throw new Error(done.error.message);
  };
  const view = (id: StreamId) => desk.replica.catalogue().streams.get(id);
  return { desk, send, view };
}

const idOf = (link: string) => subjectOf(link).id;
const patience = { timeout: 30_000, interval: 50 };

describe('as programs of their own, in a team,', () => {
  it('[LS16] a checker tells every desk who is live, and hears a desk’s wish to check now', async () => {
    const { desk, send, view } = await openDesk();
    const web = await createFakeWeb({ nowMs: () => Date.now() });
    stops.push(web.close);
    let isLive = false;
    web.on('gql.twitch.tv', (request, response) => {
      const stream = isLive ? { type: 'live', createdAt: '2026-08-01T10:00:00Z', viewersCount: 1 } : null;
      sendJson({ data: { u0: { login: 'carl', broadcastSettings: { title: 'Bridge' }, stream } } })(
        request,
        response,
      );
    });
    const link = 'https://www.twitch.tv/carl';
    await send({ type: 'add-stream', link: Link.parse(link) });
    const { end, metrics } = await start('stream-status/index.ts', {
      STREAMWALL_INGEST_DATA: newFolder(),
      STREAMWALL_SERVER: server.url,
      STREAMWALL_KEY: await server.key('service'),
      STREAMWALL_STAND_INS: platformHosts.map((host) => `${host}=${web.origin}`).join(','),
    });
    await vi.waitFor(() => expect(view(idOf(link))?.status).toBe('offline'), patience);
    isLive = true;
    desk.sync.presence('catalogue').setOwn({ name: 'Ann', checkNow: { ids: [idOf(link)], n: 1 } });
    await vi.waitFor(
      () => expect(view(idOf(link))).toMatchObject({ status: 'live', title: 'Bridge' }),
      patience,
    );
    const shown = () => [...desk.sync.presence('catalogue').others().values()];
    await vi.waitFor(
      () => expect(shown()).toMatchObject([{ worker: 'status', checker: { streams: 1, troubles: [] } }]),
      patience,
    );
    const text = await (await fetch(metrics)).text();
    expect(text).toMatch(/^streamwall_status_requests_total\{host="gql.twitch.tv"\} [1-9]/m);
    expect((await fetch(new URL('/healthz', metrics))).status).toBe(200);
    expect(await end()).toBe(0);
  });

  it('[GS3] a sheet and every desk have each other’s streams, and see how the sheet is', async () => {
    const { desk, send, view } = await openDesk();
    const sheet = await startFakeSheet({
      Livesheet: [
        ['Link', 'Source', 'Status'],
        ['twitch.tv/ann', 'Ann'],
      ],
    });
    stops.push(sheet.close);
    await send({ type: 'add-stream', link: Link.parse('https://kick.com/bob'), fields: { source: 'Bob' } });
    const folder = newFolder();
    const keyFile = join(folder, 'key.json');
    writeFileSync(keyFile, JSON.stringify({ type: 'service_account', ...fakeKey }));
    const { end, metrics } = await start('google-sheets/index.ts', {
      STREAMWALL_INGEST_DATA: folder,
      STREAMWALL_SERVER: server.url,
      STREAMWALL_KEY: await server.key('service', 'ignore'),
      GOOGLE_SHEET_ID: SPREADSHEET,
      GOOGLE_CREDENTIALS_PATH: keyFile,
      GOOGLE_SHEETS_ROOT_URL: sheet.rootUrl,
      SHEET_SYNC_SECONDS: '5',
    });
    await vi.waitFor(() => expect(view(idOf('https://www.twitch.tv/ann'))?.source).toBe('Ann'), patience);
    await vi.waitFor(
      () =>
        expect(sheet.tabs.get('Livesheet')?.map((cells) => cells.slice(0, 2))).toContainEqual([
          'https://kick.com/bob',
          'Bob',
        ]),
      patience,
    );
    const text = await (await fetch(metrics)).text();
    expect(text).toMatch(/^streamwall_sheet_rows [12]$/m);
    sheet.trouble = { status: 503 };
    await vi.waitFor(
      async () => expect((await fetch(new URL('/healthz', metrics))).status).toBe(503),
      patience,
    );
    const health = await (await fetch(new URL('/healthz', metrics))).json();
    expect(health).toEqual({ isWell: false, words: 'Google is in trouble (503).' });
    await vi.waitFor(
      () =>
        expect([...desk.sync.presence('catalogue').others().values()]).toMatchObject([
          { worker: 'sheet', sheet: { trouble: 'Google is in trouble (503).', mode: 'sheet-first' } },
        ]),
      patience,
    );
    expect(await end()).toBe(0);
  });

  it('[I63] a program that the server does not let in, or that is told nonsense, says so and how starting it again would end', async () => {
    const run = async (program: string, env: Readonly<Record<string, string>>) => {
      const child = spawn(process.execPath, [fileURLToPath(new URL(program, import.meta.url))], {
        env: { ...process.env, STREAMWALL_INGEST_DATA: newFolder(), STREAMWALL_SERVER: server.url, ...env },
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      stops.push(() => void child.kill());
      let words = '';
      child.stderr.on('data', (chunk: Buffer) => (words += chunk.toString()));
      const code = await new Promise((resolve) => child.once('close', resolve));
      return { code, words };
    };
    const [away, half] = await Promise.all([
      run('stream-status/index.ts', { STREAMWALL_KEY: 'swk_nobody' }),
      run('google-sheets/index.ts', { STREAMWALL_KEY: 'swk_nobody', GOOGLE_SHEET_ID: '' }),
    ]);
    expect(away).toMatchObject({ code: 4, words: expect.stringContaining('does not let this worker in') });
    expect(half).toMatchObject({ code: 2, words: expect.stringContaining('GOOGLE_SHEET_ID') });
  });
});
