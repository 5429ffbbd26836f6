import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { CatalogueCommand } from '#shared/document/command.ts';
import type { StreamId } from '#shared/model/ids.ts';
import { Link } from '#shared/model/stream.ts';
import { createFakeWeb, platformHosts, sendJson, subjectOf } from './stream-status/test-fake-web.ts';
import { openTestDesk } from './test-desk.ts';
import { startTestSyncServer, type TestSyncServer } from './test-sync-server.ts';
import { startTeamProgram, type RunningProgram } from './test-team-program.ts';

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

/** It is ended with the test. */
async function start(program: string, env: Readonly<Record<string, string>>): Promise<RunningProgram> {
  const running = await startTeamProgram(program, env);
  stops.push(running.end);
  return running;
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
