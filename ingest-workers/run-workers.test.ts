import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { linksIn } from './collect/test-collector.ts';
import { startFakeDiscord } from './discord/test-fake-discord.ts';
import { fakeKey, SPREADSHEET, startFakeSheet } from './google-sheets/test-fake-sheet.ts';
import { createFakeWeb, platformHosts } from './stream-status/test-fake-web.ts';
import { envOfWorker } from './run-workers.ts';
import { openTestDesk } from './test-desk.ts';
import { startTestSyncServer } from './test-sync-server.ts';
import { startFakeTwitch } from './twitch/test-fake-twitch.ts';

const entry = fileURLToPath(new URL('index.ts', import.meta.url));

let stops: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const stop of stops.reverse()) await stop();
  stops = [];
});

function startIngest(env: Record<string, string>) {
  const child: ChildProcess = spawn(process.execPath, [entry], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  stops.push(() => {
    child.kill('SIGKILL');
    return ended;
  });
  return { child, said: () => said, ended };
}

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ingest-run-'));
  stops.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const ask = async (url: string) => (await fetch(url)).text();
const patience = { timeout: 30_000 };

describe('the key of a worker', () => {
  it('[I65] is its own where it has one, else that of all; no worker is handed another’s', () => {
    const env = { STREAMWALL_KEY: 'all', STREAMWALL_KEY_TWITCH: 'own', STREAMWALL_KEY_SHEET: '', HOME: '/h' };
    expect(envOfWorker('twitch', env)).toEqual({ STREAMWALL_KEY: 'own', HOME: '/h' });
    expect(envOfWorker('discord', env)).toEqual({ STREAMWALL_KEY: 'all', HOME: '/h' });
    expect(envOfWorker('sheet', env)).toEqual({ STREAMWALL_KEY: 'all', HOME: '/h' });
  });
});

describe('the ingest workers as a program', () => {
  it('[I64] [I66] go on when one of them is turned away, and show how they are', async () => {
    const folder = newFolder();
    const discord = await startFakeDiscord({ channels: ['100'] });
    const twitch = await startFakeTwitch();
    stops.push(
      () => discord.stop(),
      () => twitch.stop(),
    );
    const file = join(folder, 'ingest.json');
    const config = {
      discord: { channels: [{ id: '100' }], api: discord.api },
      twitch: { channels: [{ name: 'street' }], server: twitch.server },
    };
    writeFileSync(file, JSON.stringify(config));
    const program = startIngest({
      ...{ STREAMWALL_INGEST_CONFIG: file, STREAMWALL_INGEST_DATA: join(folder, 'data') },
      ...{ DISCORD_TOKEN: 'bad-token', INGEST_METRICS_PORT: '0' },
    });
    await expect.poll(program.said, patience).toMatch(/metrics on http/);
    const [, metrics = ''] = /metrics on (\S+)/.exec(program.said()) ?? [];
    await expect.poll(program.said, patience).toMatch(/given up; the others go on/);
    await expect.poll(() => twitch.isIn('street'), patience).toBe(true);
    twitch.post('street', 'kick.com/aaa https://www.twitch.tv/videos/1');
    await expect
      .poll(() => ask(metrics), patience)
      .toMatch(/outcomes_total\{worker="twitch",outcome="added"\} 1/);
    const text = await ask(metrics);
    expect(text).toMatch(/given_up\{worker="discord"\} 1/);
    expect(text).toMatch(/links_refused_total\{worker="twitch",reason="recording"\} 1/);
    expect((await fetch(metrics.replace('metrics', 'healthz'))).status).toBe(503);
    program.child.kill('SIGTERM');
    expect(await program.ended).toBe(1);
  }, 90_000);

  it('[I26] [I64] [I66] bring what a chat says to every desk and into the sheet, and check it, whatever else fails', async () => {
    const folder = newFolder();
    const [server, sheet, twitch] = [
      await startTestSyncServer(join(folder, 'server')),
      await startFakeSheet({ Livesheet: [['Link', 'Source', 'Posted By']] }),
      await startFakeTwitch(),
    ];
    const web = await createFakeWeb({ nowMs: () => Date.now() });
    stops.push(server.stop, sheet.close, () => twitch.stop(), web.close);
    const desk = await openTestDesk(server.url, await server.key('operator'));
    stops.push(desk.quit);
    const [file, keyFile] = [join(folder, 'ingest.json'), join(folder, 'key.json')];
    const config = {
      discord: { channels: [{ id: '100' }], api: 'http://127.0.0.1:9/api' },
      twitch: { channels: [{ name: 'street' }], server: twitch.server },
    };
    writeFileSync(file, JSON.stringify(config));
    writeFileSync(keyFile, JSON.stringify({ type: 'service_account', ...fakeKey }));
    const program = startIngest({
      ...{ STREAMWALL_INGEST_CONFIG: file, STREAMWALL_INGEST_DATA: join(folder, 'data'), DISCORD_TOKEN: 't' },
      ...{ STREAMWALL_SERVER: server.url, STREAMWALL_KEY: await server.key('service', 'ignore') },
      ...{ GOOGLE_SHEET_ID: SPREADSHEET, GOOGLE_CREDENTIALS_PATH: keyFile, SHEET_SYNC_SECONDS: '5' },
      ...{ GOOGLE_SHEETS_ROOT_URL: sheet.rootUrl, INGEST_METRICS_PORT: '0' },
      STREAMWALL_STAND_INS: platformHosts.map((host) => `${host}=${web.origin}`).join(','),
    });
    await expect.poll(program.said, patience).toMatch(/running discord and twitch and status and sheet/);
    await expect.poll(() => twitch.isIn('street'), patience).toBe(true);
    const [, metrics = ''] = /metrics on (\S+)/.exec(program.said()) ?? [];
    twitch.post('street', 'kick.com/aaa');
    await expect.poll(() => linksIn(desk.replica), patience).toEqual(['https://kick.com/aaa']);
    const written = () =>
      sheet.tabs
        .get('Livesheet')
        ?.slice(1)
        .map((cells) => cells.slice(0, 3));
    await expect.poll(written, patience).toEqual([['https://kick.com/aaa', 'aaa', 'ann']]);
    await expect.poll(() => ask(metrics), patience).toMatch(/ingest_up\{worker="sheet"\} 1\n/);
    const text = await ask(metrics);
    expect(text).toMatch(/ingest_up\{worker="discord"\} 0\n/);
    expect(text).toMatch(/ingest_up\{worker="status"\} 1\n/);
    expect(text).toMatch(/\nstreamwall_sheet_rows \d\n/);
    program.child.kill('SIGTERM');
    expect(await program.ended).toBe(0);
  }, 90_000);

  it('[I66] end with a true exit code', async () => {
    const nothing = startIngest({ DISCORD_CHANNEL_ID: '', TWITCH_CHANNEL: '', STREAMWALL_INGEST_CONFIG: '' });
    expect(await nothing.ended).toBe(2);
    expect(nothing.said()).toMatch(/nothing to read/);
    const folder = newFolder();
    const twitch = await startFakeTwitch();
    stops.push(() => twitch.stop());
    const file = join(folder, 'ingest.json');
    writeFileSync(
      file,
      JSON.stringify({ twitch: { channels: [{ name: 'street' }], server: twitch.server } }),
    );
    const env = { STREAMWALL_INGEST_CONFIG: file, STREAMWALL_INGEST_DATA: join(folder, 'data') };
    const taken = startIngest({ ...env, INGEST_METRICS_PORT: String(twitch.server.port) });
    expect(await taken.ended).toBe(2);
    expect(taken.said()).toMatch(/Metrics cannot be served on port/);
    const good = startIngest(env);
    await expect.poll(() => twitch.isIn('street'), patience).toBe(true);
    good.child.kill('SIGTERM');
    expect(await good.ended).toBe(0);
  }, 60_000);
});
