import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { startFakeDiscord } from './discord/test-fake-discord.ts';
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

describe('the ingest workers as a program', () => {
  it('[I64] [I66] go on when one of them is turned away, and show how they are', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ingest-run-'));
    stops.push(() => rmSync(folder, { recursive: true, force: true }));
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
    await expect.poll(program.said, { timeout: 30_000 }).toMatch(/metrics on http/);
    const [, metrics = ''] = /metrics on (\S+)/.exec(program.said()) ?? [];
    const ask = async (url: string) => (await fetch(url)).text();
    await expect.poll(program.said, { timeout: 30_000 }).toMatch(/given up; the others go on/);
    await expect.poll(() => twitch.isIn('street'), { timeout: 30_000 }).toBe(true);
    twitch.post('street', 'kick.com/aaa https://www.twitch.tv/videos/1');
    await expect
      .poll(() => ask(metrics), { timeout: 30_000 })
      .toMatch(/outcomes_total\{worker="twitch",outcome="added"\} 1/);
    const text = await ask(metrics);
    expect(text).toMatch(/given_up\{worker="discord"\} 1/);
    expect(text).toMatch(/links_refused_total\{worker="twitch",reason="recording"\} 1/);
    expect((await fetch(metrics.replace('metrics', 'healthz'))).status).toBe(503);
    program.child.kill('SIGTERM');
    expect(await program.ended).toBe(1);
  }, 90_000);

  it('[I66] end with a true exit code', async () => {
    const nothing = startIngest({ DISCORD_CHANNEL_ID: '', TWITCH_CHANNEL: '', STREAMWALL_INGEST_CONFIG: '' });
    expect(await nothing.ended).toBe(2);
    expect(nothing.said()).toMatch(/nothing to read/);
    const folder = mkdtempSync(join(tmpdir(), 'ingest-run-'));
    stops.push(() => rmSync(folder, { recursive: true, force: true }));
    const twitch = await startFakeTwitch();
    stops.push(() => twitch.stop());
    const file = join(folder, 'ingest.json');
    writeFileSync(
      file,
      JSON.stringify({ twitch: { channels: [{ name: 'street' }], server: twitch.server } }),
    );
    const env = { STREAMWALL_INGEST_CONFIG: file, STREAMWALL_INGEST_DATA: join(folder, 'data') };
    const good = startIngest(env);
    await expect.poll(() => twitch.isIn('street'), { timeout: 30_000 }).toBe(true);
    good.child.kill('SIGTERM');
    expect(await good.ended).toBe(0);
  }, 60_000);
});
